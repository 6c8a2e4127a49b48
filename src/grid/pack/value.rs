//! Values of a TOML file without their places.
use toml::de::DeValue;

/// A value without its places. A number that is too large for TOML stays what was written, as text.
pub(super) fn plain(value: &DeValue<'_>) -> toml::Value {
    match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(whole) => toml::Value::Integer(whole),
            Err(_) => toml::Value::String(number.to_string()),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(float) => toml::Value::Float(float),
            Err(_) => toml::Value::String(number.to_string()),
        },
        DeValue::Boolean(flag) => toml::Value::Boolean(*flag),
        DeValue::Datetime(time) => toml::Value::Datetime(*time),
        DeValue::Array(items) => toml::Value::Array(items.iter().map(|item| plain(item.get_ref())).collect()),
        DeValue::Table(table) => {
            let rows = table.iter().map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref())));
            toml::Value::Table(rows.collect())
        }
    }
}

/// A single value as it is written.
pub(super) fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(_) | DeValue::Table(_) => String::new(),
    }
}
