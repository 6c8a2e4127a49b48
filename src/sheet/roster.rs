//! What a file holds once every check has passed.
use super::error::Place;
use crate::grid::{fact::UnitRecord, org::Sector};

/// The units of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roster {
    /// In the order of the file; no code occurs twice.
    pub rows: Vec<RosterRow>,
    /// What was passed over and why, one Chinese sentence each: hidden sheets, sheets without a header, foot rows.
    pub notes: Vec<String>,
}

/// One unit as the file names it.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterRow {
    /// Where it stands.
    pub place: Place,
    /// 统一社会信用代码, upper case, its check character right.
    pub code: String,
    /// 单位详细名称, not empty.
    pub name: String,
    /// 行业代码: a 小类 of GB/T 4754-2017, four digits.
    pub industry: String,
    /// 行政区划代码: a known code of 9 (township) or 12 digits (village).
    pub division: String,
    /// 报表类别 as written; empty where the file has none.
    pub form: String,
    /// 统计负责人; empty where the file has none.
    pub contact: String,
    /// 联系电话; empty where the file has none.
    pub phone: String,
    /// 网格 as written: a name or an id; nothing where the row names none.
    pub grid: Option<String>,
    /// What the unit is surveyed as, by its 行业代码.
    pub sector: Option<Sector>,
}

impl RosterRow {
    /// The unit as a fact records it.
    pub fn record(&self) -> UnitRecord {
        UnitRecord {
            code: self.code.clone(),
            name: self.name.clone(),
            industry: self.industry.clone(),
            division: self.division.clone(),
            sector: self.sector,
            form: self.form.clone(),
            contact: self.contact.clone(),
            phone: self.phone.clone(),
        }
    }
}
