//! How the domain's values are written down, and read again.
//!
//! Owns: codes, days, instants, JSON. A text that means nothing is an error that names what it should
//! have been, and never repeats the text.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};

use super::{Result, StoreError};
use crate::domain::holidays::Land;
use crate::domain::pacing::Lane;

/// The code of an enum without fields, as serde names it.
pub(super) fn code<T: Serialize>(value: &T) -> String {
    // A name in quotes; a unit variant does not fail to be written.
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_owned()
}

/// Reads what `code` wrote.
pub(super) fn from_code<'a, T: Deserialize<'a>>(text: &'a str, what: &'static str) -> Result<T> {
    let reader = StrDeserializer::<serde::de::value::Error>::new(text);
    T::deserialize(reader).map_err(|_| StoreError::Unreadable(what))
}

/// A value as JSON.
pub(super) fn json<T: Serialize>(value: &T, what: &'static str) -> Result<String> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable(what))
}

/// Reads what `json` wrote.
pub(super) fn from_json<'a, T: Deserialize<'a>>(text: &'a str, what: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable(what))
}

/// A local date.
pub(super) fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| StoreError::Unreadable("date"))
}

/// An instant.
pub(super) fn instant(micros: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros).ok_or(StoreError::Unreadable("instant"))
}

/// A time zone's name.
pub(super) fn zone(text: &str) -> Result<Tz> {
    text.parse().map_err(|_| StoreError::Unreadable("time zone"))
}

/// A count or a number of minutes.
pub(super) fn count(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| StoreError::Unreadable("number"))
}

/// A state's code, whose public holidays hold.
pub(super) fn land_code(land: Land) -> &'static str {
    land.code()
}

/// Reads what `land_code` wrote.
pub(super) fn land(text: &str) -> Result<Land> {
    text.parse().map_err(|_| StoreError::Unreadable("land"))
}

/// The lane's code.
pub(super) fn lane_code(lane: Lane) -> &'static str {
    match lane {
        Lane::Reply => "reply",
        Lane::Bulk => "bulk",
    }
}
