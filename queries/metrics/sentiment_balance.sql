-- title: Mood of comments
-- question: What is the mood of comments?
-- rests_on: comments
-- unit: points
-- better: higher
-- band: service
-- rows: answers
-- over: remarks
-- excludes: mood_left_out
-- shows: mood
-- clock: by the day of the answer; where the file has none, the day the ticket was solved, else created
-- formula: % positive - % negative of the comments whose mood is known
-- needs: comments of a survey or rating
-- caveat: Read by words of praise and blame in English, French, German and Spanish, with "not" and "never" turning what follows; where the file tells the mood, the file is believed.
-- caveat: Irony goes unseen. A comment with as much praise as blame, or with neither, counts on neither side.
with votes as (select slice, mood = 'positive' as hit from remarks where mood_left_out is null)
from balance_of('votes')
