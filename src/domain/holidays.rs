//! The public holidays of the sixteen German Länder.
//!
//! Owns: which Land has which day off, by its own law, from 2024 on. Does not know what the days are called
//! (each has a key for the language files) nor who lives where. Days that hold in some municipalities only
//! are left out, because nobody here knows the municipality: Corpus Christi in parts of Saxony and Thuringia,
//! the Assumption in Bavaria's mainly Catholic municipalities, Augsburg's Peace Festival. Whoever has such a
//! day off declares an absence.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

macro_rules! lands {
    ($($(#[$doc:meta])* $land:ident = $code:literal),+ $(,)?) => {
        /// A German Land, with the law that sets its holidays.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Land {
            $($(#[$doc])* #[serde(rename = $code)] $land,)+
        }

        impl Land {
            /// All of them, in the order of their codes.
            pub const ALL: [Self; 16] = [$(Self::$land),+];

            /// The code that is stored and printed: ISO 3166-2 without `DE-`.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$land => $code,)+
                }
            }
        }
    };
}

lands! {
    /// Gesetz über die Sonn- und Feiertage (Feiertagsgesetz, FTG).
    Brandenburg = "BB",
    /// Gesetz über die Sonn- und Feiertage.
    Berlin = "BE",
    /// Gesetz über die Sonntage und Feiertage (Feiertagsgesetz, FTG).
    BadenWuerttemberg = "BW",
    /// Gesetz über den Schutz der Sonn- und Feiertage (Feiertagsgesetz, FTG).
    Bavaria = "BY",
    /// Gesetz über die Sonn-, Gedenk- und Feiertage.
    Bremen = "HB",
    /// Hessisches Feiertagsgesetz (HFeiertagsG).
    Hesse = "HE",
    /// Gesetz über Sonntage, Feiertage, Gedenktage und Trauertage (Feiertagsgesetz).
    Hamburg = "HH",
    /// Feiertagsgesetz Mecklenburg-Vorpommern (FTG M-V).
    MecklenburgVorpommern = "MV",
    /// Niedersächsisches Gesetz über die Feiertage (NFeiertagsG).
    LowerSaxony = "NI",
    /// Gesetz über die Sonn- und Feiertage (Feiertagsgesetz NW).
    NorthRhineWestphalia = "NW",
    /// Landesgesetz über den Schutz der Sonn- und Feiertage (Feiertagsgesetz, LFtG).
    RhinelandPalatinate = "RP",
    /// Gesetz über Sonn- und Feiertage (SFTG).
    SchleswigHolstein = "SH",
    /// Gesetz Nr. 1040 über die Sonn- und Feiertage (Feiertagsgesetz, SFG).
    Saarland = "SL",
    /// Gesetz über Sonn- und Feiertage im Freistaat Sachsen (SächsSFG).
    Saxony = "SN",
    /// Gesetz über die Sonn- und Feiertage (FeiertG LSA).
    SaxonyAnhalt = "ST",
    /// Thüringer Feier- und Gedenktagsgesetz (ThürFGtG).
    Thuringia = "TH",
}

/// A text that is no Land's code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no German Land (BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH)")]
pub struct BadLand(String);

impl FromStr for Land {
    type Err = BadLand;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|land| land.code() == text).ok_or_else(|| BadLand(text.to_owned()))
    }
}

impl fmt::Display for Land {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A day on which a Land, or all of Germany, does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holiday {
    NewYear,
    Epiphany,
    WomensDay,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    LabourDay,
    /// Berlin, once: eighty years after the war.
    Liberation,
    Ascension,
    WhitSunday,
    WhitMonday,
    CorpusChristi,
    /// Berlin, once: 75 years after the uprising of 17 June 1953.
    Uprising,
    Assumption,
    ChildrensDay,
    GermanUnity,
    ReformationDay,
    AllSaints,
    RepentanceDay,
    ChristmasDay,
    BoxingDay,
}

impl Holiday {
    /// The stable name under which the language files have the day.
    pub fn key(self) -> &'static str {
        match self {
            Self::NewYear => "new-year",
            Self::Epiphany => "epiphany",
            Self::WomensDay => "womens-day",
            Self::GoodFriday => "good-friday",
            Self::EasterSunday => "easter-sunday",
            Self::EasterMonday => "easter-monday",
            Self::LabourDay => "labour-day",
            Self::Liberation => "liberation",
            Self::Ascension => "ascension",
            Self::WhitSunday => "whit-sunday",
            Self::WhitMonday => "whit-monday",
            Self::CorpusChristi => "corpus-christi",
            Self::Uprising => "uprising",
            Self::Assumption => "assumption",
            Self::ChildrensDay => "childrens-day",
            Self::GermanUnity => "german-unity",
            Self::ReformationDay => "reformation-day",
            Self::AllSaints => "all-saints",
            Self::RepentanceDay => "repentance-day",
            Self::ChristmasDay => "christmas-day",
            Self::BoxingDay => "boxing-day",
        }
    }
}

/// The holidays of a Land in a year, in the order of their dates.
pub fn holidays(land: Land, year: i32) -> Vec<(NaiveDate, Holiday)> {
    let mut days: Vec<_> = RULES
        .iter()
        .filter(|rule| rule.holds_in(land))
        .filter_map(|rule| Some((rule.when.date(year)?, rule.holiday)))
        .collect();
    days.sort();
    days
}

/// The holiday that a Land has on a date. Where two fall on one date (Ascension on 1 May), one of them.
pub fn is_holiday(land: Land, date: NaiveDate) -> Option<Holiday> {
    RULES.iter().find(|rule| rule.when.is(date) && rule.holds_in(land)).map(|rule| rule.holiday)
}

/// Whether a date is a public holiday in this Land; without one, whether it is one in all of Germany.
pub fn is_free(land: Option<Land>, date: NaiveDate) -> bool {
    match land {
        Some(land) => is_holiday(land, date).is_some(),
        None => RULES.iter().any(|rule| rule.lands.is_none() && rule.when.is(date)),
    }
}

struct Rule {
    holiday: Holiday,
    when: When,
    /// `None`: in all of Germany.
    lands: Option<&'static [Land]>,
}

impl Rule {
    fn holds_in(&self, land: Land) -> bool {
        self.lands.is_none_or(|lands| lands.contains(&land))
    }
}

enum When {
    /// Month and day.
    Fixed(u32, u32),
    Once(i32, u32, u32),
    /// Days after Easter Sunday; negative is before.
    Easter(i64),
    /// The Wednesday before 23 November, eleven days before the first Sunday of Advent.
    Repentance,
}

impl When {
    /// False for most days, by a look at month and weekday: every entry asks this of a whole week.
    fn may_be(&self, date: NaiveDate) -> bool {
        match *self {
            Self::Fixed(month, day) | Self::Once(_, month, day) => (date.month(), date.day()) == (month, day),
            // Easter Sunday is 22 March at the earliest and 25 April at the latest; Corpus Christi is 60 days after it.
            Self::Easter(days) => {
                (3..=6).contains(&date.month())
                    && i64::from(date.weekday().days_since(Weekday::Sun)) == days.rem_euclid(7)
            }
            Self::Repentance => date.month() == 11 && date.weekday() == Weekday::Wed,
        }
    }

    fn is(&self, date: NaiveDate) -> bool {
        self.may_be(date) && self.date(date.year()) == Some(date)
    }

    fn date(&self, year: i32) -> Option<NaiveDate> {
        match *self {
            Self::Fixed(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Self::Once(only, month, day) if only == year => NaiveDate::from_ymd_opt(year, month, day),
            Self::Once(..) => None,
            Self::Easter(days) => easter(year)?.checked_add_signed(chrono::Duration::days(days)),
            Self::Repentance => {
                let last = NaiveDate::from_ymd_opt(year, 11, 22)?;
                last.checked_sub_days(Days::new(last.weekday().days_since(Weekday::Wed).into()))
            }
        }
    }
}

const fn everywhere(holiday: Holiday, when: When) -> Rule {
    Rule { holiday, when, lands: None }
}

const fn only(lands: &'static [Land], holiday: Holiday, when: When) -> Rule {
    Rule { holiday, when, lands: Some(lands) }
}

/// The Länder's laws as they stand from 2024 on. German Unity Day is federal law (Einigungsvertrag, Art. 2).
const RULES: [Rule; 21] = {
    use Land::{
        BadenWuerttemberg as BW, Bavaria as BY, Berlin as BE, Brandenburg as BB, Bremen as HB, Hamburg as HH,
        Hesse as HE, LowerSaxony as NI, MecklenburgVorpommern as MV, NorthRhineWestphalia as NW,
        RhinelandPalatinate as RP, Saarland as SL, Saxony as SN, SaxonyAnhalt as ST, SchleswigHolstein as SH,
        Thuringia as TH,
    };
    use When::{Easter, Fixed, Once, Repentance};
    [
        everywhere(Holiday::NewYear, Fixed(1, 1)),
        only(&[BW, BY, ST], Holiday::Epiphany, Fixed(1, 6)),
        only(&[BE, MV], Holiday::WomensDay, Fixed(3, 8)),
        everywhere(Holiday::GoodFriday, Easter(-2)),
        only(&[BB], Holiday::EasterSunday, Easter(0)),
        everywhere(Holiday::EasterMonday, Easter(1)),
        everywhere(Holiday::LabourDay, Fixed(5, 1)),
        only(&[BE], Holiday::Liberation, Once(2025, 5, 8)),
        everywhere(Holiday::Ascension, Easter(39)),
        only(&[BB], Holiday::WhitSunday, Easter(49)),
        everywhere(Holiday::WhitMonday, Easter(50)),
        only(&[BW, BY, HE, NW, RP, SL], Holiday::CorpusChristi, Easter(60)),
        only(&[BE], Holiday::Uprising, Once(2028, 6, 17)),
        only(&[SL], Holiday::Assumption, Fixed(8, 15)),
        only(&[TH], Holiday::ChildrensDay, Fixed(9, 20)),
        everywhere(Holiday::GermanUnity, Fixed(10, 3)),
        only(&[BB, HB, HH, MV, NI, SH, SN, ST, TH], Holiday::ReformationDay, Fixed(10, 31)),
        only(&[BW, BY, NW, RP, SL], Holiday::AllSaints, Fixed(11, 1)),
        only(&[SN], Holiday::RepentanceDay, Repentance),
        everywhere(Holiday::ChristmasDay, Fixed(12, 25)),
        everywhere(Holiday::BoxingDay, Fixed(12, 26)),
    ]
};

/// Easter Sunday of the Gregorian calendar, by the computus known as Meeus/Jones/Butcher.
fn easter(year: i32) -> Option<NaiveDate> {
    let moon = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * moon + century - century / 4 - moon_shift + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let late = (moon + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, (days / 31).unsigned_abs(), (days % 31 + 1).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn without_a_land_only_the_holidays_of_all_germany_count() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(is_free(None, day("2026-12-25")) && is_free(None, day("2026-04-03")));
        assert!(!is_free(None, day("2026-10-31")) && is_free(Some(Land::LowerSaxony), day("2026-10-31")));
    }

    #[test]
    fn easter_falls_where_the_almanac_has_it() {
        for sunday in [
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
            "2031-04-13",
            "2032-03-28",
            "2033-04-17",
            "2034-04-09",
            "2035-03-25",
            "2038-04-25",
            "1961-04-02",
        ] {
            assert_eq!(easter(date(sunday).year()), Some(date(sunday)));
        }
    }

    #[test]
    fn a_day_is_free_where_it_stands_in_the_list_of_its_year() {
        for year in 2024..=2050 {
            for land in Land::ALL {
                let listed = holidays(land, year);
                let days = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day").iter_days();
                for day in days.take_while(|day| day.year() == year) {
                    let free = listed.iter().any(|(date, _)| *date == day);
                    assert_eq!(is_free(Some(land), day), free, "{land} {day}");
                }
            }
        }
    }

    #[test]
    fn each_land_has_its_number_of_holidays() {
        let counts: Vec<(&str, usize)> =
            Land::ALL.into_iter().map(|land| (land.code(), holidays(land, 2026).len())).collect();
        assert_eq!(
            counts,
            [
                ("BB", 12),
                ("BE", 10),
                ("BW", 12),
                ("BY", 12),
                ("HB", 10),
                ("HE", 10),
                ("HH", 10),
                ("MV", 11),
                ("NI", 10),
                ("NW", 11),
                ("RP", 11),
                ("SH", 10),
                ("SL", 12),
                ("SN", 11),
                ("ST", 11),
                ("TH", 11),
            ]
        );
    }

    #[test]
    fn lower_saxonys_year_2026_is_the_printed_one() {
        let days: Vec<String> =
            holidays(Land::LowerSaxony, 2026).iter().map(|(date, day)| format!("{date} {}", day.key())).collect();
        assert_eq!(
            days,
            [
                "2026-01-01 new-year",
                "2026-04-03 good-friday",
                "2026-04-06 easter-monday",
                "2026-05-01 labour-day",
                "2026-05-14 ascension",
                "2026-05-25 whit-monday",
                "2026-10-03 german-unity",
                "2026-10-31 reformation-day",
                "2026-12-25 christmas-day",
                "2026-12-26 boxing-day",
            ]
        );
    }

    #[test]
    fn days_of_single_laender_are_theirs_alone() {
        for (day, holiday, lands) in [
            ("2026-01-06", Holiday::Epiphany, "BW BY ST"),
            ("2027-03-08", Holiday::WomensDay, "BE MV"),
            ("2026-06-04", Holiday::CorpusChristi, "BW BY HE NW RP SL"),
            ("2027-05-27", Holiday::CorpusChristi, "BW BY HE NW RP SL"),
            ("2029-08-15", Holiday::Assumption, "SL"),
            ("2028-09-20", Holiday::ChildrensDay, "TH"),
            ("2029-10-31", Holiday::ReformationDay, "BB HB HH MV NI SH SN ST TH"),
            ("2030-11-01", Holiday::AllSaints, "BW BY NW RP SL"),
            ("2026-11-18", Holiday::RepentanceDay, "SN"),
            ("2027-11-17", Holiday::RepentanceDay, "SN"),
            ("2028-11-22", Holiday::RepentanceDay, "SN"),
            ("2029-11-21", Holiday::RepentanceDay, "SN"),
            ("2030-11-20", Holiday::RepentanceDay, "SN"),
            ("2025-05-08", Holiday::Liberation, "BE"),
            ("2028-06-17", Holiday::Uprising, "BE"),
            ("2026-04-05", Holiday::EasterSunday, "BB"),
            ("2030-06-09", Holiday::WhitSunday, "BB"),
        ] {
            let date = date(day);
            let having: Vec<&str> =
                Land::ALL.iter().filter(|land| is_holiday(**land, date) == Some(holiday)).map(|l| l.code()).collect();
            assert_eq!(having.join(" "), lands, "{day}");
        }
        assert_eq!(is_holiday(Land::Berlin, date("2026-05-08")), None);
    }

    #[test]
    fn the_years_2026_to_2030_are_those_of_a_second_source() {
        let table = include_str!("holidays/2026-2030.txt");
        let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines.len(), 16 * 5);
        for line in lines {
            let (land, rest) = line.split_once(' ').expect("a Land");
            let (year, days) = rest.split_once(' ').expect("a year");
            let mut ours: Vec<String> = holidays(land.parse().expect("a Land"), year.parse().expect("a year"))
                .iter()
                .map(|(date, _)| date.format("%m-%d").to_string())
                .collect();
            ours.dedup();
            assert_eq!(ours.join(" "), days, "{land} {year}");
        }
    }

    #[test]
    fn both_questions_have_one_answer() {
        for (land, year) in Land::ALL.into_iter().flat_map(|land| (2024..=2035).map(move |year| (land, year))) {
            let listed = holidays(land, year);
            let asked: Vec<NaiveDate> = (0..366)
                .filter_map(|days| NaiveDate::from_yo_opt(year, days + 1))
                .filter(|date| is_holiday(land, *date).is_some())
                .collect();
            let mut dates: Vec<NaiveDate> = listed.iter().map(|(date, _)| *date).collect();
            dates.dedup();
            assert_eq!(asked, dates, "{land} {year}");
        }
    }

    #[test]
    fn a_land_is_stored_as_its_code() {
        assert_eq!(serde_json::to_string(&Land::LowerSaxony).expect("a code"), "\"NI\"");
        assert!(Land::ALL.iter().all(|land| land.code().parse() == Ok(*land)));
        assert_eq!("ni".parse::<Land>(), Err(BadLand("ni".into())));
    }
}
