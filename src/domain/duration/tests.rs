//! What people write, and what it means on Wednesday, 5 August 2026.

use super::*;
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 8, 5).expect("a date")
}

/// `minutes[|other][@days from today][+]`, where `+` is a note; or the refusal's name.
fn told(text: &str) -> String {
    let readings = match parse(text, today()) {
        Ok(readings) => readings,
        Err(Refusal::TooMuch(_)) => return "too much".into(),
        Err(Refusal::Future(_)) => return "future".into(),
        Err(Refusal::NotPositive) => return "not positive".into(),
        Err(Refusal::ImpossibleDate(date)) => return format!("no {date}"),
        Err(Refusal::NotADuration) => return "no".into(),
    };
    let told: Vec<String> = readings
        .iter()
        .map(|reading| {
            let other = reading.other.map(|other| format!("|{other}")).unwrap_or_default();
            let day = match (reading.date - today()).num_days() {
                0 => String::new(),
                days => format!("@{days}"),
            };
            format!("{}{other}{day}{}", reading.minutes, if reading.note { "+" } else { "" })
        })
        .collect();
    told.join(", ")
}

/// Every line is `text => meaning`.
pub(super) fn check(table: &str) {
    let wrong: Vec<String> = table
        .lines()
        .filter_map(|line| line.trim().split_once(" => "))
        .filter(|(text, meaning)| told(&text.replace('␤', "\n")) != *meaning)
        .map(|(text, meaning)| format!("{text}: {} instead of {meaning}", told(&text.replace('␤', "\n"))))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn digits_with_units() {
    check(
        "1h30 => 90
        1h30m => 90
        1h 30m => 90
        1 h 30 min => 90
        1h30min => 90
        1 Std. 30 Min. => 90
        1 Std 30 => 90
        2h05 => 125
        1 Stunde 30 Minuten => 90
        1 Stunde und 30 Minuten => 90
        1 hour and 30 minutes => 90
        1 hour, 30 minutes => 90
        90 min => 90
        90min => 90
        90 Min. => 90
        90 MINUTEN => 90
        90 minutes => 90
        90 mins => 90
        90m => 90
        1 min => 1
        1 Minute => 1
        45m => 45
        2h => 120
        2 h => 120
        2 hrs => 120
        1 hr => 60
        2 hours => 120
        2 Std => 120
        2 Std. => 120
        2 Stdn. => 120
        2 Stunden => 120
        1 Stunde => 60
        6 h => 360
        16 h => 960
        1,5 Std. => 90
        1,5h => 90
        1.5 h => 90
        0,5 h => 30
        0.5 hours => 30
        2,25 Stunden => 135
        1,75 h => 105
        1.25 h => 75|85
        1.50 Std. => 90|110
        1.30 h => 90|78
        1,30 h => 78|90
        0,1 h => 6
        7,5 min => 8
        ½ h => 30
        1½ Stunden => 90
        1 ½ h => 90
        1 1/2 Stunden => 90
        1/2 h => 30
        3/4 Stunde => 45
        2¼ h => 135
        1 h 90 min => 150
        + 30 min => 30
        ca. 45 min => 45
        ca 45 min => 45
        etwa 2 Stunden => 120
        ~30 min => 30
        about 2 hours => 120
        another 30 min => 30
        nochmal 30 min => 30
        45\u{a0}min => 45
        45 min! => 45
        1 and a half hours => 90",
    );
}

#[test]
fn with_a_colon() {
    check(
        "1:30 => 90
        01:30 => 90
        0:45 => 45
        1:30 h => 90
        1:30h => 90
        1:30 Std. => 90
        12:00 => 720
        1:30 Kommentare beantwortet => 90+
        10:30 Treffen mit der Presse => no
        10:30 Uhr => no
        3:30 Uhr Dreh => no
        2:30 pm => no
        9:00-10:30 => no
        9:00 - 10:30 => no
        1:30 bis 3:00 => no
        1:75 => no
        1:5 => no
        1:30:00 => no
        1:30 min => no
        0:00 => not positive
        17:00 => too much",
    );
}

#[test]
fn bare_numbers_tell_their_other_reading() {
    check(
        "1 => 60|1
        2 => 120|2
        5 => 300|5
        6 => 6|360
        16 => 16|960
        17 => 17
        30 => 30
        45 => 45
        45. => 45
        300 => 300
        1.30 => 90|78
        1.5 => 90
        1,5 => 90
        0,5 => 30
        1,25 => 75
        1.25 => 85|75
        2.15 => 135|129
        1,30 => 78|90
        1.75 => 105
        7.5 => 450
        0.45 => 45|27
        1000 => too much
        2026 => too much
        01701234567 => no
        10115 => no
        1.500 => no",
    );
}

#[test]
fn words_for_amounts() {
    check(
        "anderthalb Stunden => 90
        Anderthalb Std. => 90
        eineinhalb Stunden => 90
        zweieinhalb Stunden => 150
        dreieinhalb h => 210
        eine halbe Stunde => 30
        halbe Stunde => 30
        ne halbe Stunde => no
        eine Stunde => 60
        zwei Stunden => 120
        fünf Stunden => 300
        eine Viertelstunde => 15
        Viertelstunde => 15
        eine Dreiviertelstunde => 45
        drei Viertelstunden => 45
        dreiviertel Stunde => 45
        eine viertel Stunde => 15
        eindreiviertel Stunden => 105
        dreißig Minuten => 30
        fünfundvierzig Minuten => 45
        zwanzig Min => 20
        eine Stunde und dreißig Minuten => 90
        eine Stunde zwanzig Minuten => 80
        half an hour => 30
        half hour => 30
        a half hour => 30
        a half-hour => 30
        an hour => 60
        one hour => 60
        two hours => 120
        an hour and a half => 90
        one hour and a half => 90
        two and a half hours => 150
        one and a half hours => 90
        an hour and a quarter => 75
        a quarter of an hour => 15
        quarter of an hour => 15
        a quarter hour => 15
        three quarters of an hour => 45
        three-quarters of an hour => 45
        forty-five minutes => 45
        forty five minutes => 45
        twenty minutes => 20
        ninety minutes => 90
        zwei => no
        half => no
        eine => no",
    );
}

#[test]
fn days_before_and_behind() {
    check(
        "gestern 45m => 45@-1
        Gestern: 45 min => 45@-1
        gestern, 45 min => 45@-1
        45 min gestern => 45@-1
        45 min (gestern) => 45@-1
        45 min, gestern => 45@-1
        gestern Abend 45m => 45@-1
        heute früh 20 min => 20
        this morning 1h => 60
        heute 1h => 60
        2 hours yesterday => 120@-1
        yesterday 2 hours => 120@-1
        today half an hour => 30
        vorgestern 30 min => 30@-2
        the day before yesterday 1h => 60@-2
        vor 3 Tagen 1h => 60@-3
        1h vor zwei Tagen => 60@-2
        2 days ago 1h => 60@-2
        gestern anderthalb Stunden => 90@-1
        Mo 30 => 30@-2
        Mo. 30 min => 30@-2
        Mo: 2 => 120|2@-2
        am Montag 2 Std => 120@-2
        2 Std am Montag => 120@-2
        Montag 2h => 120@-2
        Montagabend 1h => 60@-2
        on Monday 2 hours => 120@-2
        2 hours on Monday => 120@-2
        Tue 45m => 45@-1
        Mittwoch 1h => 60
        letzten Mittwoch 1h => 60@-7
        last Wednesday 1h => 60@-7
        Donnerstag 1h => 60@-6
        Fr 1h => 60@-5
        So 45 min => 45@-3
        letzten Freitag 20 min => 20@-5
        3.8. 45 min => 45@-2
        3.8.: 45 min => 45@-2
        3.8 45 min => 45@-2
        am 3.8. 45 => 45@-2
        am 3. 45 min => 45@-2
        45 min am 3.8. => 45@-2
        45 min am 3.8 => 45@-2
        03.08.2026 1h => 60@-2
        3.8.26 1h => 60@-2
        2026-08-03 1h => 60@-2
        1h 2026-08-03 => 60@-2
        3 Aug 2h => 120@-2
        3. August 2 Stunden => 120@-2
        Aug 3 2h => 120@-2
        August 3rd, 2h => 120@-2
        2h on the 3rd of August => 120@-2
        Montag, 3.8., 1h => 60@-2
        30.12. 1h => future
        morgen 1h => future
        1h tomorrow => future
        übermorgen 30 min => future
        nächsten Montag 1h => future
        6.8. 1h => future
        2026-08-06 1h => future
        31.2. 1h => no 31.2.
        29.2. 1h => no 29.2.
        2026-02-30 1h => no 30.2.2026
        32.8. 1h => no 32.8.
        3.13. 1h => no 3.13.
        1999-01-01 1h => no 1.1.1999
        letzte Woche 2 Stunden => no
        3/8 2h => no
        3.8. => no
        gestern => no",
    );
}

#[test]
fn several_in_one_message() {
    check(
        "gestern 45m, heute 1h => 45@-1, 60
        gestern 45m heute 1h => 45@-1, 60
        45m gestern, 1h heute => 45@-1, 60
        gestern 45m und heute 1h => 45@-1, 60
        gestern 45m␤heute 1h => 45@-1, 60
        Mo 30, Di 45 => 30@-2, 45@-1
        Mo 1h; Di 2h; Mi 30 min => 60@-2, 120@-1, 30
        1h + 30 min => 90
        1h+30min => 90
        30 min & 15 min => 45
        30 min, 15 min => 45
        20 min plus 10 min => 30
        1 + 30 min => 90|31
        1h + 30 min gestern => 90@-1
        gestern 1h + 30 min => 90@-1
        gestern 45m, 1h => 105@-1
        1h, gestern 45m => 60, 45@-1
        heute 1h, gestern 1h, heute 30m => 90, 60@-1
        gestern 10h, gestern 7h => too much
        gestern 10h, heute 7h => 600@-1, 420
        45 min, -30 => not positive
        45 min, morgen 1h => future",
    );
}

#[test]
fn notes_are_recognised_and_dropped() {
    check(
        "45 min Kommentare beantwortet => 45+
        45 min: Kommentare beantwortet => 45+
        45 min - Kommentare beantwortet => 45+
        45 min (Kommentare) => 45+
        45 min 👍 => 45+
        1h 30 Kommentare beantwortet => 60+
        1h30 Kommentare beantwortet => 90+
        anderthalb Stunden am Konzept => 90+
        gestern 45m Kommentare => 45@-1+
        45m gestern Kommentare => 45@-1+
        2 hours yesterday replying to comments => 120@-1+
        30 min so far => 30+
        45 min Kommentare, 3 Posts geplant => 45+
        45 min Kommentare, 30 min Planung => 75+
        45 min Kommentare und 30 min Planung => 75+
        gestern 45m Kommentare, heute 1h Planung => 45@-1+, 60+
        45 min Planung, morgen 2 h Dreh => 45+
        45 min Video gedreht, 2 Minuten lang => 45+
        45 min Відповіді на коментарі => 45+
        1 Stunde 20 Posts geplant => 60+
        45 min vor Ort => 45+
        1h:30 => no
        2 Stunden am Tag => no
        3:30 am => no
        45 min Tag der offenen Tür vorbereitet => 45+",
    );
}

#[test]
fn other_texts_are_no_entries() {
    check(
        "Wir posten 3 mal die Woche => no
        Wir haben 45 min gebraucht => no
        Ich war 2 Stunden dort => no
        3 mal die Woche => no
        3mal => no
        3x => no
        5 Posts geplant => no
        2 neue Follower => no
        30 sec => no
        30-min-Video gedreht => no
        2h-Workshop vorbereitet => no
        2 Stunden-Seminar => no
        2 Stunden pro Woche => no
        2 hours a week => no
        5 Stunden in der Woche sind vereinbart => no
        2h last week => no
        30 min/Tag => no
        2 hours ago => no
        in 2 Stunden => no
        vor 2 Stunden => no
        30 min später => no
        2 Stunden sind zu wenig => no
        2 Stunden? => no
        14 Uhr => no
        50% => no
        10-30 => no
        10-30 min => no
        1 oder 2 => no
        1 oder 2 h => no
        1h oder 2h => no
        1h75 => no
        45m30 => no
        1.30 min => no
        gestern 3 Posts => no
        Hallo => no
        /hours => no
        https://example.org/45 => no
        1һ30 => no
        ４５ min => no
        ٤٥ => no
        1 ч => no
        1 ч 30 мин => no
        h => no
        min 45 => no
        : => no
        - => no",
    );
    assert_eq!(told(""), "no");
    assert_eq!(told(&format!("45 min {}", "x".repeat(400))), "no");
}

#[test]
fn nothing_and_less_and_too_much_are_refused() {
    check(
        "0 => not positive
        0 min => not positive
        0,0 h => not positive
        -30 => not positive
        -1h => not positive
        - 30 min => not positive
        −30 => not positive
        minus 30 min => not positive
        gestern -30 => not positive
        16:01 => too much
        17 h => too much
        961 => too much
        100000 min => too much
        99999999999999999999 h => too much
        4000000000 Viertelstunden => no
        9999 Viertelstunden => too much",
    );
}

#[test]
fn only_a_duration_counts_while_a_text_is_awaited() {
    for text in ["45", "1:30", "90 min", "1,5 Std.", "anderthalb Stunden", "1.30", "gestern 45m", "20 h", "1h + 30 min"]
    {
        assert!(is_nothing_but_a_duration(text), "{text}");
    }
    for text in ["45 min Kommentare", "Mo 30", "Wir posten 3 mal", "", "Montag", "1:30 Workshop", "2 Stunden?"] {
        assert!(!is_nothing_but_a_duration(text), "{text}");
    }
}

#[test]
fn dates_without_a_year_are_the_nearest_ones() {
    let new_year = NaiveDate::from_ymd_opt(2027, 1, 2).expect("a date");
    let dates = |text| parse(text, new_year).map(|readings| readings[0].date);
    assert_eq!(dates("30.12. 1h"), Ok(NaiveDate::from_ymd_opt(2026, 12, 30).expect("a date")));
    assert_eq!(dates("am 31. 1h"), Ok(NaiveDate::from_ymd_opt(2026, 12, 31).expect("a date")));
}

proptest! {
    #[test]
    fn what_is_printed_in_a_usual_form_reads_back(minutes in 1..=MAX_MINUTES_A_DAY) {
        let (hours, rest) = (minutes / 60, minutes % 60);
        let mut forms = vec![
            format!("{minutes} min"),
            format!("{hours}:{rest:02}"),
            format!("{hours}:{rest:02} Std."),
            format!("{hours}h{rest:02}"),
        ];
        if hours > 0 && rest > 0 {
            forms.push(format!("{hours} h {rest} min"));
            forms.push(format!("{hours} hours and {rest} minutes"));
        }
        if minutes % 3 == 0 {
            forms.push(format!("{hours},{:02} Std.", rest * 100 / 60));
        }
        for form in forms {
            let readings = parse(&form, today());
            let minutes_read = readings.as_ref().map(|readings| (readings.len(), readings[0].minutes));
            prop_assert_eq!(minutes_read, Ok((1, minutes)), "{}", form);
        }
    }

    #[test]
    fn no_text_breaks_the_rules(text in "[0-9 .,:+/hm½-]{0,12}|([a-zä0-9.,:]{1,5}|gestern|Stunden?|und|Mo|h|min|[0-9]|3\\.8\\.|-| ){0,9}|.{0,20}") {
        if let Ok(readings) = parse(&text, today()) {
            prop_assert!(!readings.is_empty());
            for reading in readings {
                prop_assert!((1..=MAX_MINUTES_A_DAY).contains(&reading.minutes), "{}", text);
                prop_assert!(reading.other.is_none_or(|other| (1..=MAX_MINUTES_A_DAY).contains(&other)));
                prop_assert!(reading.date <= today());
            }
        }
        is_nothing_but_a_duration(&text);
    }
}
