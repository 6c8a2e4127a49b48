//! The organisation's terms as the policy uses them (section 三(一)).
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::words::{Language, word_in};

/// How a node stands in the tree (B-1, B-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 垂直网格: one of the three levels.
    #[n(0)]
    Vertical,
    /// 扁平网格: projects, building, real estate, straight under the city.
    #[n(1)]
    Flat,
    /// A department, platform or state-owned group (部门、平台、国企): a member of the 一级网格, not a grid.
    #[n(2)]
    Office,
}

impl Form {
    /// The form with this id in packs: `vertical`, `flat`, `office`.
    pub fn parse(text: &str) -> Option<Form> {
        Some(match text {
            "vertical" => Form::Vertical,
            "flat" => Form::Flat,
            "office" => Form::Office,
            _ => return None,
        })
    }
}

/// What a unit is surveyed as, and what a grid is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Sector {
    /// 农业: villages and communities.
    #[n(0)]
    Agriculture,
    /// 工业.
    #[n(1)]
    Industry,
    /// 服务业 (with 批零住餐).
    #[n(2)]
    Service,
    /// 建筑业.
    #[n(3)]
    Construction,
    /// 房地产.
    #[n(4)]
    RealEstate,
    /// 投资项目.
    #[n(5)]
    Investment,
    /// 跨行业: a grid that crosses industries where units are few (B-4).
    #[n(6)]
    Mixed,
}

impl Sector {
    /// All of them.
    pub const ALL: [Sector; 7] = [
        Sector::Agriculture,
        Sector::Industry,
        Sector::Service,
        Sector::Construction,
        Sector::RealEstate,
        Sector::Investment,
        Sector::Mixed,
    ];

    /// The id in packs and among the words: `agriculture`, `real_estate`.
    pub fn key(self) -> &'static str {
        match self {
            Sector::Agriculture => "agriculture",
            Sector::Industry => "industry",
            Sector::Service => "service",
            Sector::Construction => "construction",
            Sector::RealEstate => "real_estate",
            Sector::Investment => "investment",
            Sector::Mixed => "mixed",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        self.label_in(Language::spoken())
    }

    /// [`Sector::label`] in a language.
    pub fn label_in(self, language: Language) -> &'static str {
        word_in(language, &format!("sector.{}", self.key()))
    }

    /// The sector that people mean: by its id, or by its words in any language.
    pub fn parse(text: &str) -> Option<Sector> {
        let is_called = |sector: Sector| Language::ALL.into_iter().any(|language| sector.label_in(language) == text);
        let by_key = Sector::ALL.into_iter().find(|sector| sector.key() == text);
        by_key.or_else(|| Sector::ALL.into_iter().find(|sector| is_called(*sector)))
    }
}

/// A post at a node (B-2); duties hang on the post, not on the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// 网格长.
    #[n(0)]
    Leader,
    /// 副网格长.
    #[n(1)]
    Deputy,
    /// 网格员.
    #[n(2)]
    Member,
    /// 网格指导员、统计指导员.
    #[n(3)]
    Guide,
}

impl Post {
    /// All of them.
    pub const ALL: [Post; 4] = [Post::Leader, Post::Deputy, Post::Member, Post::Guide];

    /// The id in packs, on the command line and in forms: `leader`, `deputy`, `member`, `guide`.
    pub fn key(self) -> &'static str {
        match self {
            Post::Leader => "leader",
            Post::Deputy => "deputy",
            Post::Member => "member",
            Post::Guide => "guide",
        }
    }

    /// The post that people mean: by its id, or by its words in any language.
    pub fn parse(text: &str) -> Option<Post> {
        let is_called = |post: Post| Language::ALL.into_iter().any(|language| post.label_in(language) == text);
        let by_key = Post::ALL.into_iter().find(|post| post.key() == text);
        by_key.or_else(|| Post::ALL.into_iter().find(|post| is_called(*post)))
    }

    /// What people call it, where a pack does not say otherwise.
    pub fn label(self) -> &'static str {
        self.label_in(Language::spoken())
    }

    /// [`Post::label`] in a language.
    pub fn label_in(self, language: Language) -> &'static str {
        word_in(language, &format!("post.{}", self.key()))
    }
}
