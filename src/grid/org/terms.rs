//! The organisation's terms as the policy uses them (section 三(一)).
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

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

    /// The Chinese term.
    pub fn label(self) -> &'static str {
        match self {
            Sector::Agriculture => "农业",
            Sector::Industry => "工业",
            Sector::Service => "服务业",
            Sector::Construction => "建筑业",
            Sector::RealEstate => "房地产",
            Sector::Investment => "投资项目",
            Sector::Mixed => "跨行业",
        }
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

    /// The post with this id or Chinese term.
    pub fn parse(text: &str) -> Option<Post> {
        Post::ALL.into_iter().find(|post| post.key() == text || post.label() == text)
    }

    /// The Chinese term.
    pub fn label(self) -> &'static str {
        match self {
            Post::Leader => "网格长",
            Post::Deputy => "副网格长",
            Post::Member => "网格员",
            Post::Guide => "指导员",
        }
    }
}
