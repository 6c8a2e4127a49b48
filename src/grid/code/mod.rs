//! The codes that a 统计调查对象 carries: 统一社会信用代码, 行业代码, 行政区划代码.
//!
//! Pure: tables are embedded, nothing is read at run time and nothing is parsed at start.
pub mod credit_code;
pub mod division;
pub mod industry;
pub mod organisation_code;
