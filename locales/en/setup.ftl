# The door (before anything is stored), the notices, the questions on joining, the start.
# A line must not begin with *; {""} before it allows that.

## The door

door-lead = Welcome! This link leads to your place in the round *{ $round }*.
door-deputy = *{ $name }* ({ $organisation }) would like to form a tandem with you: you both take the same course and stand in for each other.
door-first = There is a place for you in a tandem of the round *{ $round }*. A second person will join you: you both take the same course and stand in for each other.
door-contact = *{ $name }* ({ $organisation }) would like to name you as the contact for when nobody can stand in.
door-trainer = Welcome! With this link you become a trainer: you can create rounds and look after them.
door-used = This link has been used already. Please ask for a new one.
door-expired = This link has expired. Please ask for a new one.
door-nothing = I don’t know this link. Is a piece of it missing? Open it once more, or ask for a new one.
door-stranger =
    Hello. Tandem supports colleagues who speak for their organisation online, two at a time.

    To take part you need an invitation link, either from your trainers or from the person you’ll form a tandem with.
door-group = I only work in private chats, so that nobody reads along. Please write to me there.
door-declined =
    That’s fine. Nothing about you was stored.

    Please let the person who asked know yourself: I don’t tell anyone that you declined. If you change your mind, open the link again.
door-already-in = You’re already in.

## The notices

notice-participant = *What Tandem does:* it sends short lessons, keeps your tandem’s list of hours and asks for cover when one of you is away.

    {""}*Who sees what?*
    • *The two of you:* the week’s total. Either of you could work out the other’s share.
    • *Trainers:* whether your tandem is ready to start; beyond that, only figures of at least five.
    • *Employer:* nothing, unless you send it.
    • *Operator:* whoever runs the program could read its database.
    • *Telegram:* can read chats with bots. Such chats are not end-to-end encrypted.

    Tandem is not a record of working time. You can leave at any time with /delete.

    Responsible: { $controller }
notice-nothing-yet = Nothing is stored yet.
notice-changed = *Our notice has changed.* This is how it reads now:
notice-noted = Thank you. You can read all of it again with /privacy.
notice-contact = *What will come:* when somebody of the tandem is away and nobody stands in, you get a message with the name and the days. You can say that somebody stands in, or that the days stay open.

    {""}*What is stored about you:* the Telegram number of this chat (not your phone number) and your language, no name. Also, for 48 hours, the numbers of the messages here, so that they can be deleted with the rest. It is erased as soon as you say so or the tandem names another contact.

    Telegram can read chats with bots. Responsible: { $controller }
notice-contact-more = The two people of the tandem see that you agreed and how you settle a gap. Trainers see nothing of it. Whoever runs the program could read its database.

    You can see and erase what is stored at any time: with /mydata and /delete.
office-unnamed = the office that gave you the link
notice-trainer = *What you’ll see:* who is ready and what is still missing. Never anyone’s hours or answers, and figures only from five upwards.

    {""}*What others see:* whoever runs the program could read its database; that should be somebody other than you. Telegram can read chats with bots.

    You can leave at any time with /delete.
notice-trainer-more = *Stored about you:* your Telegram number for this chat (not your phone number), name, language, your rounds, and for a year what you do with them, such as reading the report. Also, for 48 hours, the numbers of the messages in this chat, so that they can be deleted with your data. The rest stays until you leave with /delete; after that only the role does.

    {""}*What you see of participants:* their organisation’s name and what is missing before the start. Figures on hours, progress and feedback only from five people or tandems upwards, and never by organisation.

    {""}*Your part:* for each round you name who is responsible for the data and who answers questions about it. Everyone reads both before joining.

    Tandem is not a record of working time.

button-understood = Understood
button-read-more = Tell me more
button-im-in = I’m in
button-no = No, thank you

## Telegram at work

door-permission = *May you use Telegram at work?* If so: “I’m in”. If not, or if you don’t know: “Telegram at work?”
button-telegram-unsure = Telegram at work?
permission-unsure = *Not sure whether you may use Telegram at work?* Ask your manager before you join. These words may help:
permission-letter = _For a course I would like to use Telegram at work. It brings short lessons, and we log our hours there. First name, organisation, answers, hours and days of absence are stored, never a reason. Telegram can read along._

    _Responsible: { $controller }. Questions: { $contact }._

    _May I?_
permission-link-waits = Your link will wait. Nothing is stored yet.
button-permission-settled = Settled: I’m in
button-permission-no = I may not
permission-no = That’s fine, then without Telegram. Nothing about you was stored.

    {""}*What you can do now:*
    • Please tell the person who gave you the link. They hear nothing from me.
    • Ask your manager to allow it for the course. Then open the link once more.
permission-no-lead = Then there is no way on by Telegram, I’m afraid.

    {""}*What you can do now:*
    • Give the sheet to your manager. If they allow it, you go on here.
    • If the answer stays no, erase everything about you. And talk to your trainers.
button-back-form = Back to the sheet

## Questions on joining

setup-organisation = Which organisation are you here for? Write me its name, for example: Sampleton Library
setup-organisation-long = Just the name, please, in { $limit } characters at most. For example: Sampleton Library
setup-promise =
    Has your employer granted your tandem *{ $minutes } of working time a week*, and allowed Telegram at work?

    I only keep which office said yes, never a name.
setup-granted-board = Yes, board/director
setup-granted-head = Yes, head of dept.
setup-granted-not = Not yet
setup-granted-forbidden = Telegram isn’t allowed
setup-form-intro =
    Then this sheet may help. You can copy or print it and have it signed.

    Once the yes is there, the buttons take you on.
setup-form = *Agreement for a tandem*

    Two of us will speak for our organisation online and stand in for each other. For this we grant:

    1. { $minutes } of working time a week, for the two together and for good.
    2. Both may use Telegram at work for the course.

    First person: ……………………
    Second person: ……………………
    For the organisation (name, office): ……………………
    Date, signature: ……………………

setup-times = Your lessons come on *{ $days }* at *{ $hour }*. Does that suit you?
setup-times-change = Tap what should apply, then “Done”.
setup-one-day = At least one day has to stay, Monday to Friday.
button-fine = Fine
button-change = Change

setup-invite =
    Now for the second person. Send them this link.

    They’ll first read what this is about and who sees what, and then decide for themselves.
invite-deputy-text =
    I’m looking for a second person for our tandem: short lessons in a chat, working time that has been granted, and standing in for each other. The link tells you what it’s about.

    Best wishes, { $name }
deputy-joined = ✓ *{ $name }* has accepted your invitation.
setup-ready =
    ✓ All done. The round starts: *{ $day }*

    Your first lesson comes by itself once your tandem is complete. If the round is already running by then, the trainers decide whether you can still join.
setup-waiting = ✓ Your tandem is complete. The round is already running, so I’ve asked the trainers whether you can still join. I’ll tell you as soon as they say yes.
setup-ready-late = ✓ All done. The round is already running: once your tandem is complete, I’ll ask the trainers whether you can still join.

## The start

start-begins = Off we go! Your first lesson comes on *{ $day }* at { $hour }.
start-missing =
    The round has begun. Your tandem is still waiting for { $missing }.

    You can join during the first 14 days. Once everything is there, I’ll ask the trainers.
start-too-late = Your tandem is complete now, but the round has been running for more than { $days } days, and it’s too late to join. Please ask your trainers about the next round; I’ve told them.

missing-lead = the first person
missing-organisation = the organisation’s name
missing-promise = the employer’s yes
missing-lead-times = the first person’s lesson times
missing-deputy = the second person
missing-deputy-times = the second person’s lesson times
