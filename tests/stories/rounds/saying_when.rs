//! Announcements that name a day come before it; and what trainers say to a round, in English.

use insta::assert_snapshot;

use super::six;
use crate::support::World;

#[tokio::test]
async fn what_names_a_day_reaches_everybody_who_works_before_it_however_much_has_come() {
    let world = World::new().await;
    let (tom, _, people) = six(&world).await;
    world.until("Thu 14:00").await;
    for (words, comes) in [("Morgen um zwei ist Austausch.", true), ("Die Lektionen sind kürzer.", false)] {
        tom.says("/ankuendigen").await;
        tom.says(words).await;
        assert_eq!(tom.screen().contains("Darin steht ein Tag: Fr., 6. März."), comes, "{}", tom.screen());
        tom.taps("Jetzt senden").await;
        for person in &people {
            assert_eq!(person.chat().contains(words), comes, "{}: {}", person.name(), person.chat());
        }
    }
    // That was the third message of the week for everybody: what can wait comes in the next one.
    world.until("Mon 18:00").await;
    assert!(people.iter().all(|person| person.chat().contains("Die Lektionen sind kürzer.")));
    tom.says("/ankuendigen").await;
    tom.says("Am 10.3. kommt Besuch.").await;
    tom.taps("Später senden").await;
    tom.says("12.3. 9:00").await;
    assert!(tom.screen().contains("Achtung: Darin steht Di., 10. März. Verschickt wird es erst danach."));
}

#[tokio::test]
async fn the_same_is_said_in_english() {
    let world = World::new().await;
    let (tom, _, people) = six(&world).await;
    let (ada, ben) = (&people[0], &people[1]);
    for who in [&tom, ada, ben] {
        who.says("/settings").await;
        who.taps("English").await;
    }
    tom.says("/announce").await;
    tom.says("No lesson on Friday.").await;
    assert_snapshot!(tom.screen(), @"
    This is what the round Frühjahr will read:

    From your trainers:
    No lesson on Friday.

    Goes to 6 people.

    Nobody gets more than one message a day and three a week. So some read it with their next message, a few not before next week. Whoever is away reads it afterwards.

    It mentions a day: Fri 6 March. Whoever still works before then reads it in time.
    [Send now]
    [Send later] [Write anew]
    [Cancel]
    ");
    tom.taps_all(&["Send later", "Next Monday, 9:00"]).await;
    assert_snapshot!(tom.screen(), @"
    ✓ Goes out on Mon 9 March at 09:00. Until then you can take it back.

    Careful: it mentions Fri 6 March, and is sent only after that.
    [Take back]
    [To the round]
    ");
    tom.taps("Take back").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Taken back. Nobody reads it.
    [To the round]
    ");
    ada.says("/start").await;
    ada.taps_all(&["More", "Trainers and round", "A question to the trainers", "Without my name"]).await;
    ada.says("Does time on the train count?").await;
    assert_snapshot!(ada.screen(), @"
    This is what the trainers read:

    Question (somebody in the round):
    Does time on the train count?

    Want it otherwise? Just write it anew.
    [Send]
    [Don’t send]
    ");
    ada.taps("Send").await;
    world.until("Tue 09:30").await;
    tom.taps("Answer 1").await;
    tom.says("Yes, if you learn on it.").await;
    tom.taps("To the whole round").await;
    assert_snapshot!(tom.screen(), @"
    ✓ Answered.
    [To the round]
    ");
    tom.says("/announce").await;
    tom.taps("You said – we changed").await;
    tom.says("Lessons are shorter.").await;
    tom.taps("Send now").await;
    tom.says("/rounds").await;
    tom.taps_all(&["Frühjahr", "Change", "Meetings", "Plan a meeting"]).await;
    tom.says("Exchange").await;
    tom.says("5 March 14:30").await;
    tom.says("Town hall").await;
    assert_snapshot!(tom.screen(), @"
    This is what the round Frühjahr will read:

    New meeting: Exchange
    Thu 5 March at 14:30

    Where: Town hall

    Goes to 6 people.

    Nobody gets more than one message a day and three a week. So some read it with their next message, a few not before next week. Whoever is away reads it afterwards.

    It mentions a day: Thu 5 March. Whoever still works before then reads it in time.
    [Send now]
    [Cancel]
    ");
    tom.taps("Send now").await;
    world.until("Thu 13:00").await;
    assert!(!ben.chat().contains("No lesson on Friday"), "{}", ben.chat());
    assert_snapshot!(ben.chat().rsplit("――――").take(3).collect::<Vec<_>>().join("――――"), @"
    Meeting: Exchange
    Thu 5 March at 14:30

    Where: Town hall――――
    One voice, clear figures

    Two cards with questions, then a look at your accounts and at a post that worked. At the end, tell us how the week was.

    This lesson is new and will wait for you. First, go on from where you are.
    [Continue] [Later]
    ――――
    Mandate, goal, dialogue

    This week is about the basics: your time, a goal and the way you start a conversation. By the end you will have one sentence that says why your organisation is online. It may also say where it need not be.

    Why are we online?

    Three cards with a question each, then one sentence for your concept. The cards fit into a coffee break. The sentence needs a quiet half hour.

    Takes about 40 min, and you can stop at any point.

    A question from your round:
    Does time on the train count?

    The trainers’ answer:
    Yes, if you learn on it.

    You said it, we changed it:
    Lessons are shorter.

    New meeting: Exchange
    Thu 5 March at 14:30

    Where: Town hall
    ");
    assert!(ben.chat().contains("You said it, we changed it"), "{}", ben.chat());
    assert!(people[2].chat().contains("Does time on the train count?") && !people[2].chat().contains("Ada"));
    tom.says("/rounds").await;
    tom.taps_all(&["Frühjahr", "Change", "Messages"]).await;
    assert_snapshot!(tom.screen(), @"
    Messages to Frühjahr

    Mon 9 March at 09:00 – taken back
    …

    Thu 5 March at 12:30 – has reached all 6
    …

    Tue 3 March at 09:30 – has reached all 6
    …

    Tue 3 March at 09:30 – has reached all 6
    Lessons are shorter.

    Tue 3 March at 09:30 – has reached all 6
    Yes, if you learn on it.
    [To the round]
    ");
}
