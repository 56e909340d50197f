//! Every format is read back, and each holds the same figures as the model they are all written from.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::{Cell, Report, Row, Section, Value, paper, sheet, text};
use crate::domain::lang::Lang;

/// A figure with what it is about: what a reader finds beside it.
type Figure = (String, String, i64);

/// Numbers that occur once each, so that none can be taken for another.
fn report() -> Report {
    let cell = |head: &str, value| Cell { head: head.to_owned(), value };
    let row = |label: &str, cells| Row { label: label.to_owned(), cells };
    let section = |title: &str, rows| Section { title: title.to_owned(), rows, brief: true };
    let percent = |share: u32| Value::Percent { share, words: format!("{share}%") };
    let net = |score: i32| Value::Net { score, words: format!("{score} on a scale") };
    let shares = vec![("Approvals".to_owned(), 35), ("Missing time".to_owned(), 65)];
    let words = "Approvals 35 %, Missing time 65 %".to_owned();
    let sections = vec![
        section("Who", vec![row("People", vec![cell("", Value::Count(46))])]),
        section(
            "Lessons",
            vec![
                row("Why?", vec![cell("opened", Value::Count(41)), cell("finished", Value::Count(29))]),
                row(
                    "Figures",
                    vec![cell("opened", Value::Count(23)), cell("finished", Value::Words("not shown".to_owned()))],
                ),
            ],
        ),
        section(
            "Cards",
            vec![
                row("A question", vec![cell("reached", Value::Count(38)), cell("right", percent(55))]),
                row("A card", vec![cell("reached", Value::Count(37)), cell("right", Value::Nothing)]),
            ],
        ),
        section("Hours", vec![row("Full time in week 47", vec![cell("", percent(60))])]),
        section(
            "Feedback",
            vec![
                row("What held you back?", vec![cell("", Value::Shares { shares, words })]),
                row("Would you recommend it?", vec![cell("", net(-15))]),
                row("And the other one?", vec![cell("", net(20))]),
            ],
        ),
        section("Sentences", vec![row("–", vec![cell("", Value::Words("=1+1 examples".to_owned()))])]),
    ];
    let (title, subtitle) = ("Round".to_owned(), "As of today".to_owned());
    Report { title, subtitle, lang: Lang::source(), people: Some(46), sections }
}

/// All figures of the model: label, head or option, number.
fn figures(report: &Report) -> Vec<Figure> {
    let rows = report.sections.iter().flat_map(|section| &section.rows);
    let cells = rows.flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
    cells
        .flat_map(|(row, cell)| match &cell.value {
            Value::Count(number) | Value::Percent { share: number, .. } => {
                vec![(row.label.clone(), cell.head.clone(), i64::from(*number))]
            }
            Value::Net { score, .. } => vec![(row.label.clone(), cell.head.clone(), i64::from(*score))],
            Value::Shares { shares, .. } => {
                shares.iter().map(|(option, share)| (row.label.clone(), option.clone(), i64::from(*share))).collect()
            }
            Value::AlmostAll(_) | Value::Words(_) | Value::Nothing => Vec::new(),
        })
        .collect()
}

/// The numbers in a text, in their order.
fn numbers(text: &str) -> Vec<i64> {
    text.split(|c: char| !c.is_ascii_digit() && c != '-').filter_map(|digits| digits.parse().ok()).collect()
}

/// The number behind the last of these words.
fn behind(text: &str, words: &[&str]) -> Option<i64> {
    let rest = words.iter().try_fold(text, |rest, word| rest.split_once(word).map(|(_, rest)| rest))?;
    numbers(rest).first().copied()
}

#[test]
fn a_workbook_a_table_a_text_and_pages_hold_the_same_figures() {
    let report = report();
    let all = figures(&report);
    assert_eq!(all.len(), 12);

    let markdown = text::markdown(&report);
    for (label, head, number) in &all {
        assert_eq!(behind(&markdown, &[label, head]), Some(*number), "{label} {head} in Markdown:\n{markdown}");
    }

    let bytes = text::csv(&report).expect("a table");
    let mut table = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    let lines: Vec<Vec<String>> =
        table.records().map(|line| line.expect("a line").iter().map(str::to_owned).collect()).collect();
    for (label, head, number) in &all {
        let is = |line: &&Vec<String>| {
            let figure = &line[3];
            &line[1] == label
                && (&line[2] == head && numbers(figure) == [*number] || behind(figure, &[head]) == Some(*number))
        };
        assert_eq!(lines.iter().filter(is).count(), 1, "{label} {head} in {lines:?}");
    }

    let bytes = sheet::xlsx(&report).expect("a workbook");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook that others can read");
    let cells = book.worksheet_range("Tandem").expect("the sheet");
    let rows: Vec<&[Data]> = cells.rows().collect();
    let mut heads: &[Data] = &[];
    let mut found = Vec::new();
    for row in &rows {
        if row[0] == Data::Empty {
            heads = row;
        }
        for (column, cell) in row.iter().enumerate().skip(1) {
            let Data::Float(number) = cell else { continue };
            let head = heads.get(column).map(ToString::to_string).unwrap_or_default();
            found.push((row[0].to_string(), head, *number));
        }
    }
    for (label, head, number) in &all {
        let number = i32::try_from(*number).map(f64::from).expect("a small number");
        // A share is a number that is shown in percent.
        let count = |(about, under, value): &&(String, String, f64)| {
            about == label && (under == head || head.is_empty()) && [number, number / 100.0].contains(value)
        };
        let share = |(about, _, value): &&(String, String, f64)| about == head && *value == number / 100.0;
        let hits = found.iter().filter(|figure| count(figure) || share(figure)).count();
        assert_eq!(hits, 1, "{label} {head} in {found:?}");
    }
    assert!(rows.iter().flat_map(|row| row.iter()).any(|cell| *cell == Data::String("=1+1 examples".to_owned())));

    let printed = paper::printed(&report).join("\n");
    for (label, head, number) in &all {
        assert_eq!(behind(&printed, &[label, head]), Some(*number), "{label} {head} on pages:\n{printed}");
    }
}
