# What goes back and forth in a round: announcements, questions, meetings, and what trainers change.

## What everybody in the round reads

news-word = *From your trainers:*
    { $text }
news-changed = *You said it, we changed it:*
    { $text }
news-answer = *A question from your round:*
    { $question }

    {""}*The trainers’ answer:*
    { $text }
news-shared = *{ $name } shares with your round:*
    { $text }
news-moved = *New date:* your round starts on { $day }.
news-rest = *A week of rest:* from { $from } to { $to } no lesson comes. After that you go on where you are. Your hours run on.
news-no-rest = The week of rest from { $from } to { $to } is off. Lessons come as usual.
news-closed = *Your round is closed.* The trainers can no longer be reached here. Your lessons, your hours and your tandem stay.
news-group = *Your round’s group:* { $link }

    It isn’t part of Tandem. Whoever joins is seen there by name.
news-meeting-new = *New meeting:* { $title }
    { $when }
news-meeting-soon = *Meeting:* { $title }
    { $when }
news-meeting-off = *Called off:* { $title }
    { $when }
meeting-when = { $day } at { $hour }
meeting-place = Where: { $place }

## Announcing

announce-which = For which round?
announce-ask = What would you like to tell the round *{ $round }*? Write it, in { $limit } characters at most.

    You’ll see it once more before it is sent.
announce-ask-changed = What have you changed after the feedback? Write it, in { $limit } characters at most.

    Don’t name anyone who said it.
announce-long = Please write something, in { $limit } characters at most.
announce-preview = This is what the round *{ $round }* will read:
announce-to = Goes to { $people } people.
announce-to-few = Goes to fewer than five people.
announce-when = Nobody gets more than one message a day and three a week. So some read it with their next message, a few not before next week. Whoever is away reads it afterwards.
announce-by = It mentions a day: { $day }. Whoever still works before then reads it in time.
announce-after = Careful: it mentions { $day }, and is sent only after that.
announce-time = When? Tap, or write a day and a time, for example: 5 March 14:30
announce-time-unclear = That’s no moment within the next twelve months. Write it like this: 5 March 14:30
announce-sent = ✓ It’s on its way. It can’t be taken back any more.
announce-planned = ✓ Goes out on { $day } at { $hour }. Until then you can take it back.
announce-discarded = All right, nothing is sent.
announce-withdrawn = ✓ Taken back. Nobody reads it.
announce-too-late = That’s on its way already.
announce-enough = In this round { $limit } messages are waiting for their time. Take one back, or wait.
button-announce = Announce
button-announce-changed = You said – we changed
button-announce-send = Send now
button-announce-later = Send later
button-announce-rewrite = Write anew
button-announce-discard = Cancel
button-next-day = Next working day, 9:00
button-next-monday = Next Monday, 9:00
button-withdraw = Take back
button-withdraw-which = Take back: { $day }
button-news = Messages

news-title = *Messages to { $round }*
news-none = None so far.
news-line = { $day } at { $hour } – { $how }
    { $text }
news-planned = planned
news-withdrawn = taken back
news-hidden = on its way; figures from five upwards
news-all = has reached all { $people }
news-almost-all = has reached almost all
news-part = has reached { $sent } of { $people }
news-part-lost = has reached { $sent } of { $people }; { $lost } can’t be reached

## Changing a round

manage-title = What would you like to change about *{ $name }*?
button-manage = Change
round-is-closed = This round is closed.
round-letters = { $letters ->
    [one] One question is waiting for your answer.
   *[other] { $letters } questions are waiting for your answer.
}
button-dates = Move the start
dates-ask = The round starts on { $day }. When should it start? Tap a Monday or write a date.
button-seats = Places
seats-ask = There’s room for { places }. For how many should there be? Write a number.
seats-changed = ✓ There’s room for { places } now. Whoever is in stays in. Whoever is waiting is told.
button-rest = Week of rest
rest-ask = In which week should no lesson come? Tap its Monday. Tapped once more, the rest is off.

    Lessons move on by a week. The tandems’ hours run on.
button-copy = Copy
button-close = Close the round
button-close-really = Yes, close it
close-ask = Close the round? Nobody joins after that, and questions no longer reach you. Lessons and hours go on for everyone who is in.
button-group = Group
group-ask = Do you have a group for the round? Send its address. It begins with https://
group-unclear = That’s no address. It begins with https:// and holds no spaces.
button-shift = Move a tandem
shift-which = Which tandem should sit in another round? These have not begun yet.
shift-where = In which of your rounds?
shift-nowhere = You run no other open round of this programme.
shift-full = That round is full.
shift-late = That round has been running for more than { $days } days.
shift-done = ✓ The tandem now sits in *{ $round }*. Both are told.
shifted = Your tandem is now in the round *{ $round }*. Start: { $day }

    Responsible: { $controller }
button-colleagues = Trainers
colleagues-title = *Who runs this round:*
    { $names }
colleague = { $name }
button-invite-colleague = Bring somebody in
dismiss-which = Remove: { $name }
button-hand-over = Step down
colleague-link =
    With this link somebody runs *{ $name }* with you. It works once, for 14 days.

    They see what you see, and may do what you may do.
invite-colleague-text = Here’s the link to run the round with me. It works once. Before you say yes, it tells you who sees what.
colleague-last = Somebody has to run the round. Bring somebody in first.
colleague-gone = ✓ { $name } doesn’t run the round any more.
round-handed-over = ✓ You don’t run this round any more.
dismissed = You no longer run the round *{ $round }*.
colleague-joined = { $name } now runs *{ $round }* with you.
door-colleague = Welcome! With this link you join in running the round *{ $round }*.

## A seat for somebody new

button-seat = Fill a seat anew
seats-which = At which organisation is somebody new to come in? Tap it, or write how its name begins.
seats-more = { $left ->
    [one] There is one more.
   *[other] There are { $left } more.
}
seats-none = No organisation here begins like that. Write the beginning of its name once more.
seats-empty = Nobody sits in this round yet.
seat-tandem = { $organisation }, in since { $day }
seat-which = *{ $tandem }*

    Which of the two seats is it?
button-seat-lead = First person
button-seat-deputy = Second person
seat-lead = the first person’s seat
seat-deputy = the second person’s seat
seat-ask = *{ $tandem }*

    Give { $seat } to somebody new? Whoever sits there loses the seat at once and is told, and so is the other person. The hours stay in the tandem’s total. Cover that was promised is open again.
seat-ask-free = *{ $tandem }*

    Free at the moment: { $seat }. Do you need a new link for it? An earlier one ends then.
button-seat-link = Get a new link
seat-freed = ✓ This link lets somebody new in at *{ $organisation }*. It holds once, for { $days } days.

    Give it to that person only. Before they say yes they read who sees what.
invite-seat-text = Here is the link to your seat in our course. You learn in pairs and stand in for each other. Before you say yes, it tells you who sees what.

## Meetings

button-meetings = Meetings
meetings-title = *This round’s meetings*
meetings-none = No meeting is planned yet.
button-new-meeting = Plan a meeting
button-cancel-meeting = Call off: { $day }
meeting-ask-title = What is the meeting called? For example: Exchange after week two
meeting-ask-time = When does it begin? Write a day and a time, for example: 5 March 14:30
meeting-ask-place = Where? A room, or the address of a video call.
meeting-line-long = One line, please, of { $limit } characters at most.
meeting-cancelled = ✓ Called off. Everybody is told.

## Questions to trainers, sharing

button-letters = Trainers and round
letter-menu = What would you like to write? Before it is sent you see exactly what others will see.
button-letter-question = A question to the trainers
button-letter-post = Show the trainers
button-letter-round = Show the round
button-letter-employer = Ask for a talk
letter-who-asks = Shall the trainers see your name?

    Without it only the program knows who asks, so that the answer finds you. After that, this is erased as well.
button-letter-named = With my name
button-letter-unnamed = Without my name
letter-question = Write your question, in { $limit } characters at most. The trainers see your name; they read questions once a day.

    Question and answer may go to the whole round without your name.
letter-question-unnamed = Write your question, in { $limit } characters at most. The trainers don’t see your name; they read questions once a day.

    Write nothing by which you are known. Question and answer may go to the whole round.
letter-post = Write the post, or paste a section of your concept, in { $limit } characters at most. The trainers read it with your name.
letter-round = Write the post, or paste a section of your concept, in { $limit } characters at most. Everybody in the round reads it with your name, the trainers too.
letter-employer = What should the trainers tell your employer? Write it, in { $limit } characters at most. They read it with your name. They speak to your employer only if you ask for it here.
letter-long = Please write something, in { $limit } characters at most.
letter-preview-trainers = This is what the trainers read:
letter-preview-round = This is what everybody in the round reads:
letter-preview-change = Want it otherwise? Just write it anew.
button-letter-send = Send
button-letter-discard = Don’t send
letter-discarded = All right, nothing is sent.
letter-sent = ✓ The trainers read it on { $day }. Until then you can take it back.
letter-enough = More than { $limit } a day won’t go. Write on tomorrow.
letter-nobody-reads = Nobody reads along in this round at the moment. Nothing was sent.
share-sent = ✓ The round reads it from { $day } on. Until then you can take it back.
share-enough = Once a week you can show the round something. Nothing was sent.
button-take-back = Take back
take-back-done = ✓ Taken back. Nobody has read it.
take-back-late = It’s too late for that: it has been read, or is on its way.
letter-nobody = somebody in the round
letter-reads-question = *Question* ({ $from }):
    { $text }
letter-reads-post = *Post* ({ $from }):
    { $text }
letter-reads-employer = *Please speak to my employer* ({ $from }):
    { $text }
letters-title = *From the round { $round }*
letters-none = No question is waiting.
letters-more = { $letters ->
    [one] One more comes after these.
   *[other] { $letters } more come after these.
}
button-letters-open = Questions
button-answer = Answer { $nth }
answer-ask = Your answer to:
    { $question }

    { $limit } characters at most. You’ll see it once more before it is sent.
answer-preview = This is what whoever asked will read:
answer-preview-all = To everybody it goes without the name.
button-answer-one = To that person only
button-answer-all = To the whole round
answer-sent = ✓ Answered.
answer-given = That has been answered, or taken back.
answer-came = *You asked:*
    { $question }

    {""}*The trainers answer:*
    { $text }

## Waiting list

door-full = All places of the round *{ $round }* are taken.
door-full-notice = Would you like to be told when one is free? Then I’ll store your first name, your language and this chat, for 92 days at most, and the numbers of our messages for 48 hours. You can erase that at any time with /delete.

    Responsible: { $controller }

    Nothing is stored yet.
button-wait = Put me on the list
door-waits = You are on the waiting list. When a place is free, you’ll be told here.
button-wait-no-more = Off the list, erase it all
door-place-free = In the round *{ $round }* a place is free for you. It is kept for { $days } days.
button-see-place = See the place

## The same things on the page in a browser

board-announce = Announce
board-text = Your text
board-sort = What it is
board-at = When (empty: as soon as it is polite)
board-preview = Preview
board-send = Send
board-manage = Change
board-start = Start
board-places = Places
board-save = Save
board-rest = Week without a lesson (its Monday)
board-rest-on = Week of rest
board-rest-off = End the rest
board-group = Address of the group
board-meeting = Plan a meeting
board-meeting-title = Title
board-meeting-place = Where
board-meeting-time = Begins
board-letters = Questions from the round
board-answer = Answer
board-answer-one = To that person only
board-answer-all = To everybody, without the name
board-colleagues = Trainers
board-remove = Remove
board-withdraw = Take back
board-close = Close the round
board-close-sure = Yes, close the round
board-cancel = Call off
board-done = Saved.
board-not-done = That didn’t work: please look at what you entered once more.
board-created = The round is there. Get the link to pass on below.
board-people = Who is in
board-leads = The link for organisations. An earlier one ends then.
board-waits = { $organisation } is ready, but the round is running already.
board-shift = Tandem that has not begun
board-shift-to = To this round
board-start-sure = Yes, start the round now
board-copy = Copy as the next round
board-programme = Programme
board-controller = Who is responsible for the data
board-contact = Who answers questions about data protection
board-organisation = Organisation
board-seat = Seat
board-next = Continue
board-sure = Are you sure?
board-link = Link
board-link-once = This page shows the link this once. Copy it now.
board-seat-freed = This link lets somebody new into the tandem. It holds once, for { $days } days. Give it to that person only.
