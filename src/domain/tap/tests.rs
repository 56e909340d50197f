//! The codec: there and back, within the limit, and nothing forged.

use super::codec::{
    CALENDAR, COVERS, DATA, DOORS, HOMES, LEAVES, LETTERS, LICENCE, NOTICES, PAPERS, RECALLS, SETUPS, TAG, THEMES,
};
use super::trainer::ON;
use super::*;
use crate::domain::ids::PersonId;
use crate::domain::letter::Purpose;
use crate::domain::programme::{Question, QuestionKind, Step, StepKind};
use crate::domain::record::Shortfall;
use crate::domain::tandem::Role;
use chrono::NaiveDate;
use proptest::prelude::*;

/// Ids as `Ids::id` makes them, and those of lesson files at their longest.
fn id() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_-]{12}"
}

fn file_id(longest: usize) -> impl Strategy<Value = String> {
    prop::string::string_regex(&format!("[a-z0-9-]{{1,{longest}}}")).expect("a pattern")
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (735_000..760_000i32).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).expect("a day"))
}

fn one_of<T: Copy + std::fmt::Debug>(table: &'static [(T, &'static str)]) -> impl Strategy<Value = T> {
    prop::sample::select(table.iter().map(|(value, _)| *value).collect::<Vec<_>>())
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        prop::sample::select(vec![
            Act::Next,
            Act::Back,
            Act::Check,
            Act::Sure,
            Act::Unsure,
            Act::Done,
            Act::Later,
            Act::Unfit,
            Act::Again,
        ]),
        file_id(16).prop_map(Act::Pick),
        (file_id(8), file_id(8)).prop_map(|(question, option)| Act::Rate { question, option }),
        file_id(8).prop_map(|question| Act::Skip { question }),
    ]
}

fn any_recall() -> impl Strategy<Value = RecallAct> {
    let plain = RECALLS.iter().map(|(act, _)| act.clone()).collect::<Vec<_>>();
    prop_oneof![prop::sample::select(plain), file_id(16).prop_map(RecallAct::Pick)]
}

fn any_hours() -> impl Strategy<Value = HoursTap> {
    let minutes = || 0..=1_000u32;
    prop_oneof![
        minutes().prop_map(HoursTap::Add),
        one_of(THEMES).prop_map(HoursTap::Picture),
        id().prop_map(|entry| HoursTap::Undo(entry.into())),
        (id(), minutes()).prop_map(|(entry, minutes)| HoursTap::Other(entry.into(), minutes)),
        (file_id(8), file_id(16)).prop_map(|(module, lesson)| HoursTap::Took { module, lesson }),
        (id(), any_day(), prop::sample::select(Shortfall::ALL.to_vec()))
            .prop_map(|(tandem, day, why)| { HoursTap::Missing { tandem: tandem.into(), day, why } }),
        (id(), any_day(), minutes()).prop_map(|(tandem, day, minutes)| HoursTap::On {
            tandem: tandem.into(),
            day,
            minutes
        }),
        (id(), any_day(), minutes(), prop::option::of(minutes())).prop_map(|(tandem, day, minutes, other)| {
            HoursTap::Into { tandem: tandem.into(), day, minutes, other }
        }),
        (id(), prop::collection::vec((any_day(), minutes()), 1..=MAX_AT_ONCE))
            .prop_map(|(tandem, entries)| HoursTap::AllInto { tandem: tandem.into(), entries }),
        any_edit().prop_map(HoursTap::Edit),
        any_timer().prop_map(HoursTap::Timer),
        (id(), prop::sample::select(vec![PromiseAct::Holds, PromiseAct::Withdrawn, PromiseAct::Later]))
            .prop_map(|(tandem, act)| HoursTap::Promise { tandem: tandem.into(), act }),
        (id(), prop::sample::select(vec![EndAct::Ask, EndAct::Really, EndAct::Keep, EndAct::Resume]))
            .prop_map(|(tandem, act)| HoursTap::End { tandem: tandem.into(), act }),
    ]
}

fn any_edit() -> impl Strategy<Value = EditTap> {
    let by = || -960..=960i32;
    prop_oneof![
        Just(EditTap::History),
        any::<u8>().prop_map(EditTap::List),
        (id(), 0..3usize)
            .prop_map(|(entry, which)| { [EditTap::Open, EditTap::Write, EditTap::Delete][which](entry.into()) }),
        (id(), by()).prop_map(|(entry, by)| EditTap::Step(entry.into(), by)),
        (id(), by()).prop_map(|(entry, by)| EditTap::Move(entry.into(), by)),
        (id(), 0..=1_000u32).prop_map(|(entry, minutes)| EditTap::Set(entry.into(), minutes)),
    ]
}

fn any_timer() -> impl Strategy<Value = TimerTap> {
    prop_oneof![
        prop::sample::select(vec![TimerTap::Start, TimerTap::GoOn, TimerTap::Stop, TimerTap::Discard]),
        id().prop_map(|tandem| TimerTap::StartIn(tandem.into())),
        (0..=1_000u32).prop_map(TimerTap::StoppedAfter),
    ]
}

#[test]
fn a_button_from_before_there_were_three_reasons_still_means_the_first() {
    let owner = PersonId("adaa00000000".into());
    let tap = Tap::decode("adaa:t:n:tandem000001:739944", Some(&owner)).expect("a button");
    assert!(matches!(tap, Tap::Hours(HoursTap::Missing { why: Shortfall::NotReleased, .. })));
}

fn any_trainer() -> impl Strategy<Value = TrainerTap> {
    let plain = [
        TrainerTap::Create,
        TrainerTap::Rounds,
        TrainerTap::Dashboard,
        TrainerTap::Settings,
        TrainerTap::NoDigest,
        TrainerTap::Send,
        TrainerTap::SendLater,
        TrainerTap::SendAt(Soon::NextDay),
        TrainerTap::SendAt(Soon::NextMonday),
        TrainerTap::Rewrite,
        TrainerTap::Discard,
        TrainerTap::AnswerAll,
    ];
    prop_oneof![
        prop::sample::select(plain.to_vec()),
        any_preview().prop_map(TrainerTap::Preview),
        (0..7_u8).prop_map(TrainerTap::Digest),
        file_id(20).prop_map(TrainerTap::Programme),
        any::<u8>().prop_map(TrainerTap::Start),
        any::<u8>().prop_map(TrainerTap::Rest),
        any::<u16>().prop_map(TrainerTap::Places),
        (id(), one_of(ON)).prop_map(|(round, tap)| TrainerTap::On(round.into(), tap)),
        id().prop_map(|tandem| TrainerTap::Admit(tandem.into())),
        id().prop_map(|tandem| TrainerTap::Shift(tandem.into())),
        id().prop_map(|news| TrainerTap::Withdraw(news.into())),
        id().prop_map(|letter| TrainerTap::Answer(letter.into())),
        id().prop_map(|meeting| TrainerTap::CancelMeeting(meeting.into())),
        (id(), id()).prop_map(|(round, person)| TrainerTap::Dismiss(round.into(), person.into())),
        (id(), id()).prop_map(|(tandem, round)| TrainerTap::ShiftTo(tandem.into(), round.into())),
        (id(), any::<bool>()).prop_map(|(tandem, yes)| TrainerTap::Vouch { tandem: tandem.into(), yes }),
        (id(), id(), any_seat()).prop_map(|(round, tandem, act)| TrainerTap::Seat {
            round: round.into(),
            tandem: tandem.into(),
            act
        }),
    ]
}

fn any_preview() -> impl Strategy<Value = PreviewTap> {
    let place = || any::<[u8; 4]>();
    let seen = prop_oneof![
        any::<u32>().prop_map(Seen::Open),
        any::<u32>().prop_map(Seen::Judged),
        any::<u8>().prop_map(Seen::Asked),
    ];
    prop_oneof![
        Just(PreviewTap::Programmes),
        any::<u8>().prop_map(PreviewTap::Modules),
        any::<(u8, u8)>().prop_map(|(programme, module)| PreviewTap::Lessons { programme, module }),
        (place(), seen).prop_map(|([programme, module, lesson, step], seen)| {
            PreviewTap::Step(StepPlace { programme, module, lesson, step }, seen)
        }),
    ]
}

fn any_seat() -> impl Strategy<Value = SeatAct> {
    let role = prop::sample::select(vec![Role::Lead, Role::Deputy]);
    (role, prop::option::of(id()), 0..3usize).prop_map(|(role, who, far)| {
        let chair = Chair::of(role, who.map(PersonId).as_ref());
        [SeatAct::Open, SeatAct::Ask(chair.clone()), SeatAct::Really(chair)][far].clone()
    })
}

fn any_setup() -> impl Strategy<Value = Setup> {
    let weekday = |day: u8| Weekday::try_from(day).expect("a weekday");
    prop_oneof![one_of(SETUPS), (0..7u8).prop_map(move |day| Setup::Day(weekday(day))), (0..24u8).prop_map(Setup::Hour),]
}

fn any_away() -> impl Strategy<Value = AwayTap> {
    prop_oneof![
        prop::sample::select(vec![AwayTap::Today, AwayTap::Tomorrow, AwayTap::ThisWeek, AwayTap::NextWeek]),
        id().prop_map(|absence| AwayTap::Cancel(absence.into())),
        id().prop_map(|absence| AwayTap::Until(absence.into())),
        (id(), any_day()).prop_map(|(absence, day)| AwayTap::TodayToo { absence: absence.into(), day }),
    ]
}

fn any_settings() -> impl Strategy<Value = SettingsTap> {
    prop_oneof![
        "[a-z]{2,3}".prop_map(SettingsTap::Language),
        prop::sample::select(vec![
            SettingsTap::Times,
            SettingsTap::Reminders(ReminderTap::All),
            SettingsTap::Reminders(ReminderTap::Fewer),
            SettingsTap::Pause,
            SettingsTap::Resume,
            SettingsTap::Why(Nudge::Week),
            SettingsTap::Why(Nudge::Reminder),
            SettingsTap::FewerOfThese,
            SettingsTap::Offer(true),
            SettingsTap::Offer(false),
            SettingsTap::Contact,
            SettingsTap::NoContact,
            SettingsTap::InviteContact,
        ]),
    ]
}

fn any_cover_act() -> impl Strategy<Value = CoverAct> {
    prop_oneof![one_of(COVERS), any::<u8>().prop_map(CoverAct::Tick)]
}

fn any_survey() -> impl Strategy<Value = SurveyAct> {
    prop_oneof![
        Just(SurveyAct::Open),
        (file_id(24), file_id(16)).prop_map(|(question, option)| SurveyAct::Rate { question, option }),
        file_id(32).prop_map(|question| SurveyAct::Keep { question }),
        file_id(32).prop_map(|question| SurveyAct::Withdraw { question }),
    ]
}

/// Every button of somebody who is in.
fn any_owned() -> impl Strategy<Value = Tap> {
    prop_oneof![
        one_of(HOMES).prop_map(Tap::Home),
        any_setup().prop_map(Tap::Setup),
        (file_id(9), file_id(24), any_act()).prop_map(|(module, step, act)| Tap::Study { module, step, act }),
        (file_id(9), any_survey()).prop_map(|(module, act)| Tap::Survey { module, act }),
        prop::sample::select(vec![LessonTap::Open, LessonTap::Later]).prop_map(Tap::Lesson),
        id().prop_map(|tandem| Tap::Exam(ExamTap::Open(tandem.into()))),
        id().prop_map(|tandem| Tap::Exam(ExamTap::Begin(tandem.into()))),
        (0..10_000u32, file_id(28), any_act()).prop_map(|(attempt, item, act)| Tap::Exam(ExamTap::Item {
            attempt,
            item,
            act
        })),
        Just(Tap::Recall(RecallTap::Begin)),
        (file_id(9), file_id(24), any_recall()).prop_map(|(module, step, act)| Tap::Recall(RecallTap::Item {
            module,
            step,
            act
        })),
        any_hours().prop_map(Tap::Hours),
        one_of(PAPERS).prop_map(Tap::Paper),
        (id(), one_of(LICENCE)).prop_map(|(tandem, act)| Tap::Licence { tandem: tandem.into(), act }),
        id().prop_map(|tandem| Tap::Exam(ExamTap::Renew(tandem.into()))),
        any_away().prop_map(Tap::Away),
        (id(), any::<u32>(), any_cover_act()).prop_map(|(cover, version, act)| Tap::Cover {
            cover: cover.into(),
            version,
            act
        }),
        any_settings().prop_map(Tap::Settings),
        one_of(DATA).prop_map(Tap::Data),
        one_of(CALENDAR).prop_map(Tap::Calendar),
        one_of(LETTERS).prop_map(Tap::Letter),
        any::<u8>().prop_map(|nth| Tap::Letter(LetterTap::Section(nth))),
        any::<u8>().prop_map(|nth| Tap::Letter(LetterTap::Show(nth, Purpose::Round))),
        (one_of(NOTICES), any::<u32>()).prop_map(|(notice, edition)| Tap::Notice { notice, edition }),
        id().prop_map(|tandem| Tap::Contact { tandem: tandem.into(), act: ContactAct::Stop }),
        (id(), one_of(LEAVES)).prop_map(|(tandem, act)| Tap::Leave { tandem: tandem.into(), act }),
        any_trainer().prop_map(Tap::Trainer),
    ]
}

fn any_door() -> impl Strategy<Value = Tap> {
    let door = prop_oneof![one_of(DOORS), (0..10_000u32).prop_map(|edition| Door::Enter { edition })];
    ("[A-Za-z0-9_-]{22}", door, "[a-z]{2}").prop_map(|(code, door, lang)| Tap::Door {
        code,
        door,
        lang: Lang::from(lang.as_str()),
    })
}

proptest! {
    #[test]
    fn every_button_comes_back_as_it_was_made_and_fits(tap in any_owned(), owner in id()) {
        let owner = PersonId(owner);
        let data = tap.encode(Some(&owner));
        prop_assert!(data.len() <= MAX_DATA, "{} bytes: {data}", data.len());
        prop_assert_eq!(Tap::decode(&data, Some(&owner)), Ok(tap));
    }

    #[test]
    fn a_button_of_somebody_else_is_refused(tap in any_owned(), owner in id(), other in id()) {
        prop_assume!(owner[..TAG] != other[..TAG]);
        let data = tap.encode(Some(&PersonId(owner)));
        prop_assert_eq!(Tap::decode(&data, Some(&PersonId(other))), Err(TapError::Foreign));
        prop_assert_eq!(Tap::decode(&data, None), Err(TapError::Foreign));
    }

    #[test]
    fn a_button_of_the_door_is_good_for_whoever_holds_the_link(tap in any_door(), presser in prop::option::of(id())) {
        let data = tap.encode(None);
        prop_assert!(data.len() <= MAX_DATA, "{} bytes: {data}", data.len());
        prop_assert_eq!(Tap::decode(&data, presser.map(PersonId).as_ref()), Ok(tap));
    }

    #[test]
    fn whatever_a_device_sends_is_read_or_refused(data in ".{0,80}", presser in prop::option::of(".{0,6}")) {
        let presser = presser.map(PersonId);
        if let Ok(tap) = Tap::decode(&data, presser.as_ref()) {
            prop_assert!(tap.encode(presser.as_ref()).len() <= MAX_DATA + TAG);
        }
    }

    #[test]
    fn whatever_looks_like_a_button_is_read_or_refused(
        kind in "[jholmtacsprkfnvzuxy]", fields in prop::collection::vec("[a-z0-9-]{0,8}", 0..6),
    ) {
        let owner = PersonId("abcdefghijkl".into());
        let data = format!("abcd:{kind}:{}", fields.join(":"));
        if let Ok(tap) = Tap::decode(&data, Some(&owner)) {
            prop_assert_eq!(Tap::decode(&tap.encode(Some(&owner)), Some(&owner)), Ok(tap));
        }
    }
}

#[test]
fn the_longest_button_of_a_step_is_known_before_anybody_gets_it() {
    let owner = PersonId("abcdefghijkl".into());
    let text = |text: &str| text.to_owned();
    let questions = vec![
        Question { id: text("q1"), kind: QuestionKind::Pick { options: vec![text("low"), text("much-better")] } },
        Question { id: text("sentence"), kind: QuestionKind::Sentence },
    ];
    let step = Step::new(text("feedback"), StepKind::Questionnaire { questions });
    let act = Act::Rate { question: text("q1"), option: text("much-better") };
    let tap = Tap::Study { module: text("m1-dialog"), step: text("feedback"), act };
    assert_eq!(Tap::bytes_for("m1-dialog", &step), tap.encode(Some(&owner)).len());
    let long = Step { id: "s".repeat(60), ..step };
    assert!(Tap::bytes_for("m1-dialog", &long) > MAX_DATA);
}
