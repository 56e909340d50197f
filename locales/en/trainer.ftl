# What trainers read.

trainer-welcome = Create a round. After a few short questions you get a link to pass on.
trainer-help =
    /rounds – your rounds, links and who is ready
    /report – the report, figures from five upwards
    /announce – tell a round something
    /preview – look at the lessons
    /settings – language
    /privacy – who sees what
    /mydata – what is stored
    /delete – leave
trainer-settings = *Settings*
trainer-not-participant = That’s for participants. You’ll find your rounds under /rounds.
trainer-delete-ask =
    Do you want to leave and erase everything about you?

    You won’t see your rounds after that.

    The messages of the last 48 hours, yours and mine, disappear from this chat. Older ones I cannot delete; only you can, in Telegram.

    So that no backup brings you back, a checksum without a name is kept for 92 days.

## Creating a round

draft-programme = Which programme shall it be?
draft-start = When should the round start? Tap a Monday or write a date, for example “1 March”.
draft-start-unclear = That’s no day within the next twelve months. Write it like this: “1 March”.
draft-places = How many tandems have room? Tap, or write a number.
draft-places-unclear = A whole number from 1 to { $limit }, please.
draft-controller = Who is responsible for the data? Write the body’s name, for example: Sampleshire Association. Everyone reads it before joining.
draft-contact = And who answers questions about data protection? An address is best, for example: privacy@example.org
draft-text-long = Please write something, in { $limit } characters at most.
places = { $places ->
    [one] { $places } tandem
   *[other] { $places } tandems
}

## Rounds

rounds-title = *Your rounds*
round-title = *{ $name }*
round-planned = Planned. Start: { $day }
round-running = Running. Start: { $day }
round-closed = Closed.
round-ready = Ready: { $ready } of { $all } tandems. Places: { $places }
round-missing = { $organisation } is waiting for { $missing }
organisation-unnamed = A tandem without a name
round-link =
    The link for *{ $name }* is ready.

    Give it to one person per organisation. They invite the second person themselves.
invite-lead-text = Here’s the link to your place: short lessons in a chat, working time that has been granted, and a second person beside you. Before you say yes, it tells you who sees what.
round-start-ask = Start the round now? Ready: { $ready } of { $all } tandems. Whoever has something open is told, and can follow.
round-starts = ✓ The round is starting.

button-create-round = Create a round
button-start-round = Start now
button-link = New link
button-report = Report
button-round = To the round
button-rounds = All rounds

## News

round-started =
    The round has begun. Ready: { $ready } of { $all } tandems.
trainer-latecomer = { $organisation } is ready now, but the round is already running. May this tandem still join? It would begin with the first lesson.
button-admit = Yes, let them join
trainer-admitted = ✓ The tandem can begin.
trainer-too-late = { $organisation } is complete now, but the round has been running for more than { $days } days, so it’s too late to join. The tandem knows, and needs a place in another round.
left-trainer = Somebody has left a tandem. Organisation: { $organisation }. The tandem now needs { $missing }.
replaced-trainer = In a tandem a seat goes to somebody new. Organisation: { $organisation }. The tandem now needs { $missing }.

# The week's digest: at most three sentences
digest-title = *Your week in figures*
digest-round = *{ $round }*
digest-count = { $count }
# “In 35% of the tandems”, “in almost no tandems”
digest-share = { $share }% of the
digest-almost-all = almost all
digest-almost-no = almost no
digest-some = some
digest-withdrawn = In { $tandems } tandems the employer’s promise no longer holds. Talk to the employers.
digest-not-released = Week { $week }: in { $tandems } tandems the time was not granted. Remind the employers of their promise.
digest-missed = Week { $week }: in { $tandems } tandems the agreed time was there. Ask the round what got in the way.
digest-not-needed = Week { $week }: in { $tandems } tandems the time was not needed. Perhaps they lack a task to practise on.
digest-were-away = Week { $week }: in { $tandems } tandems people were away. That usually evens out by itself.
digest-uncovered = In { $tandems } tandems there was no cover at least once. Talk in the round about who helps out.
digest-left = *{ $lesson }*: { $opened } opened it and { $finished } finished it. Ask what holds them up.
digest-misleading = *{ $question }* is missed by those who know the rest. Please check the question.
digest-hard = *{ $question }* was hard for many. Take it up when you next meet.
digest-hard-trap = *{ $question }* was hard for many; often chosen: *{ $answer }*. Take it up when you next meet.
digest-hurdle = *{ $module }*: what held people back most: { $hurdle }. What can you do about it?
digest-kept = Week { $week }: in { $tandems } tandems the agreed time was there. Employers like to hear that, too.
digest-nothing-yet = There is no digest of the week yet: too few have taken part to show anything. It comes by itself once there are enough.
digest-picture = { $round }: lessons
digest-day = The digest of the week comes on { $day }. Another day?
digest-never = The digest of the week does not come. On which day should it come?
button-digest-day = Another day
button-no-digest = No digest
