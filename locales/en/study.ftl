# Everything around the lessons; the lessons themselves are under lessons/.

## A lesson comes, waits, ends

lesson-here = Takes about { $minutes }, and you can stop at any point.
lesson-behind = This lesson is new and will wait for you. First, go on from where you are.
lesson-later = All right. The lesson stays here, and I’ll remind you once at most.
lesson-next = The next lesson comes on *{ $day }*.
lesson-none = No lesson is open right now.
lesson-finished-open = ✓ *That’s all the cards.* The task you put off will wait until it suits you.
lesson-finished = ✓ *Lesson done.*
lesson-took = It was planned for { $minutes }; one tap logs that. If it took more or less, write, say, “50 min”.

button-start = ▶ Start
button-continue = Continue
button-open-lesson = Open lesson
button-next-lesson = Next lesson
button-log = Log { $minutes }

## Questions and tasks

choose-one = Please tap at least one answer first.
write-hint = Just write your answer as a message.
link-hint = Send me the address as a message. I keep it and don’t open it.
reflect-hint = Just for you: what you think is not stored.
reflect-private = That thought is yours, so I haven’t stored it. It’s only here in the chat.
link-unclear = I can’t find an address in that. It starts with https://, for example https://example.org/post
answer-saved = ✓ Saved.
answer-long = That’s { $length } characters, and { $limit } fit. Please shorten it and send it again.
unfit-why = What doesn’t fit? One sentence will do, then you move on. A no with a reason counts too.
task-finished = ✓ Noted. Go on whenever it suits you.

button-check = Check
button-again = Change
button-unfit = Doesn’t fit us
button-thought = Thought about it
button-skip = Skip
button-take-up = Open task
button-take-up-nth = Open task { $nth }

## Reminders

reminder-lesson = Your lesson is still waiting.
reminder-task = You put this off:
week-lesson-open = Your lesson is still open. You’ll go on from where you were.

# After an answer
judged-right = *✓ Right: { $answer }*
judged-wrong =
    Your answer: { $answer }
    {""}*Right: { $right }*
answer-name = { $name }
step-gone = This step is no longer there. /lesson takes you on.

# The concept
concept-title = *Your concept so far*
concept-text = { $nth }. { $text }
concept-open = { $nth }. Still open.
concept-declined = { $nth }. Doesn’t fit us, with a reason.
button-revise = ✎ { $nth }
button-sections = Show a text
sections-which = Which text would you like to show? Before it goes you see exactly what the others see.
section-whom = Whom would you like to show it to? Your name stands beside it.
concept-hint = The texts grow out of the lessons. It is enough if one of you writes.

## Why a message came, and fewer of these

button-why = Why this?
button-fewer-of-these = Fewer of these
why-week = Once a week, on your last working day in it, I ask about missing hours and what is still open. Not if nothing is missing.
why-reminder = You put this off or have not opened it yet. I remind you of it exactly once.
fewer-of-these = Fine. From now on only lessons and questions about cover come. The way back is /settings.

# The closing test
exam-after-lessons = Closing test: after the last lesson
exam-ready = The closing test is ready whenever it suits you.
exam-open = Closing test: begun, question { $nth } of { $of }
exam-again-from = You can take a new test with other questions from *{ $day }* on.
exam-passed-on = Closing test: ✓ passed on { $day }
exam-not-yet = The closing test comes after the last lesson.
exam-place = Question { $nth } of { $of }
exam-passed = ✓ *Passed: { $right } of { $of } right.* Congratulations!
exam-failed = *{ $right } of { $of } right.* It takes { $needed } to pass.
exam-look-again = Have another look at:
exam-private = Only you see this result.
button-exam = Closing test
button-exam-continue = Go on with the test
button-exam-result = See the result

# Below texts with facts that may go out of date
review-source = Sources: { $source }. Next review: { $day }
review-overdue = Careful: these facts were to be reviewed by { $day }, and that has not been done yet. If in doubt, ask. Sources: { $source }

# Questions that come once more
recall-title = *Do you remember?*
recall-how-sure = How sure are you?
recall-done = ✓ Thank you, that’s all. The better you know a question, the more rarely it comes.
recall-after-course = Time for a short refresher on law: two questions at most.
button-sure = Sure
button-unsure = Unsure
button-recall = Refresh
button-recall-skip = Straight to the lesson

# The licence
licence-title = *What the licence needs*
licence-done = ✓ { $what }
licence-missing = ○ { $what }
licence-test = Closing test passed
licence-concept = Texts in the concept, written or declined with a reason: { $done } of { $of }
licence-handover = Hand-over practised: the other of you has ticked the whole list
licence-handover-alone = Hand-over practised: your tandem lacks its second person at present
licence-handover-met = Hand-over practised
licence-promise = Five hours promised
button-licence = What the licence needs

# Surveys
surveys-title =
    {""}*Your feedback*

    These surveys are open. Until they close you can change your answers or take them back. All of it is voluntary.
surveys-none = No survey is open at the moment.
survey-closed = This survey has closed. Your answer is not stored any more.
survey-thanks = ✓ Thank you! Until the survey closes you can change everything.
survey-offer-start = How sure do you feel today? Four questions to tap, if you like. At the end of the course we will see what it has done.
survey-offer-end = The course is over. What has it done for you? Two minutes, if you like.
survey-offer-later = The course was three months ago. What has stayed? Three questions and one sentence, if you like. I will not ask again.
button-survey = To the survey
button-survey-start = How sure are you today? (1 min)
button-survey-end = Looking back (2 min)
button-survey-keep = Leave as is
button-survey-withdraw = Delete answer
button-surveys = Feedback
