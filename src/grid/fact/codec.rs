//! CBOR of the types that minicbor does not know: days.

/// A local day as the number of days since 0001-01-01 (day 1), so that it is one small integer on the wire.
pub mod day {
    use chrono::{Datelike, NaiveDate};
    use minicbor::{
        Decoder, Encoder,
        decode::Error as DecodeError,
        encode::{Error as EncodeError, Write},
    };

    /// Writes the day number.
    pub fn encode<C, W: Write>(day: &NaiveDate, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.i32(day.num_days_from_ce())?;
        Ok(())
    }

    /// Reads the day number; a number outside chrono's range is an error.
    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<NaiveDate, DecodeError> {
        NaiveDate::from_num_days_from_ce_opt(d.i32()?).ok_or_else(|| DecodeError::message("day out of range"))
    }
}

/// An optional local day: null or the day number.
pub mod maybe_day {
    use chrono::NaiveDate;
    use minicbor::{
        Decoder, Encoder,
        data::Type,
        decode::Error as DecodeError,
        encode::{Error as EncodeError, Write},
    };

    /// Writes null or the day number.
    pub fn encode<C, W: Write>(
        day: &Option<NaiveDate>,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        match day {
            Some(day) => super::day::encode(day, e, ctx),
            None => e.null().map(drop),
        }
    }

    /// Reads null or the day number.
    pub fn decode<C>(d: &mut Decoder<'_>, ctx: &mut C) -> Result<Option<NaiveDate>, DecodeError> {
        if d.datatype()? == Type::Null {
            d.null()?;
            return Ok(None);
        }
        super::day::decode(d, ctx).map(Some)
    }

    /// Whether the day is absent, so that the map may leave it out.
    pub fn is_nil(day: &Option<NaiveDate>) -> bool {
        day.is_none()
    }

    /// An absent day.
    pub fn nil() -> Option<Option<NaiveDate>> {
        Some(None)
    }
}
