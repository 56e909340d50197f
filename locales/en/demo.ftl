# The page of "tandem demo". Simple texts without arguments only: they go to the page as JSON.
# %lead%, %deputy% and %trainer% are replaced by the names of the three people.

## Frame

demo-title-note = try it out
demo-page-language = Language of this page
demo-theme = Dark theme
demo-guide-toggle = Show or hide the tour
demo-close = Close
demo-cancel = Cancel
demo-phones = The three phones
demo-offline = The demo does not answer. Is “tandem demo” still running? This page keeps trying.
demo-no-answer = The bot did not answer. Please try again.

## Clock

demo-clock = The demo’s clock
demo-clock-next = Next thing due
demo-clock-nothing = nothing planned
demo-clock-jump = Jump
demo-clock-jump-to = Jump to this time
demo-clock-working = Time is passing, everything due is being done

## Phones

demo-role-lead = Lead
demo-role-deputy = Deputy
demo-role-trainer = Trainer
demo-chat = chat with Tandem
demo-phone-language = Language of the app on this phone
demo-phone-language-hint = The app is in English now. The bot keeps its own language; change it with /settings.
demo-typing = is typing
demo-edited = edited
demo-unread = unread
demo-newest = To the newest message
demo-message = Message
demo-send = Send
demo-commands = Commands
demo-commands-none = The bot has no commands here yet.
demo-spoiler = Hidden text, press to uncover
demo-quote-more = Show more
demo-quote-less = Show less
demo-document = File
demo-download = Download
demo-start = Start
demo-empty-lead = %trainer% sent you a link.
demo-empty-deputy = Nothing here yet. %lead% will send the link for the deputy.
demo-empty-trainer = Nothing here yet. The bot will write as soon as there is something to do in the round.
demo-empty-invited = Your invitation as a trainer is waiting here.
demo-share-title = Send the link to
demo-share-text = It opens there as if somebody had tapped it.
demo-share-done = The link is on its way to

## Tour

demo-guide-title = A week in three minutes
demo-guide-intro = Use the three phones yourself, or sit back and watch.
demo-guide-do = Do it for me
demo-guide-show = Go to
demo-guide-play = Play it all
demo-guide-stop = Stop
demo-guide-stopped = Stopped.
demo-guide-failed = This step did not go on:
demo-guide-done = done
demo-guide-end = That was a week with Tandem. The phones are yours now: try /hours, turn down a request to stand in, or jump a month ahead.

demo-step-join = %lead% joins
demo-step-join-text = On %lead%’s phone press Start, then the first button each time. Any name will do for the organisation.
demo-step-pair = %deputy% comes aboard
demo-step-pair-text = On %lead%’s phone, share the link with %deputy%. Two taps on %deputy%’s phone are enough.
demo-step-admit = %trainer% lets the tandem in
demo-step-admit-text = The round has already begun. With one tap, %trainer% decides whether the two may still join.
demo-step-lesson = The first lesson arrives
demo-step-lesson-text = Move the clock at the top: press “Next thing due” until the first lesson reaches %lead%.
demo-step-learn = %lead% learns
demo-step-learn-text = Open the lesson, read the first card and answer the question behind it.
demo-step-hours = %lead% logs some time
demo-step-hours-text = On %lead%’s phone write “45 min”. That is all it takes.
demo-step-away = %lead% will be away
demo-step-away-text = On %lead%’s phone write “away tomorrow to Friday”. Nobody asks for a reason.
demo-step-cover = %deputy% stands in
demo-step-cover-text = %deputy% is asked. Accept with the first button.
demo-step-report = %trainer% reads the report
demo-step-report-text = On %trainer%’s phone write “/report”. Figures start at five tandems, so that nobody can be recognised.

## What the tour writes

demo-sample-organisation = Lindenhof Arts Centre
demo-sample-hours = 45 min
demo-sample-away = away tomorrow to Friday
demo-sample-report = /report
