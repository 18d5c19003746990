-- The mood of every comment of {texts}: kind, source, id, mood, mood_left_out.
-- What there is more of, praise or blame, is the mood; a word of praise after "not" is blame, and the other way round.
with said as (
  select *, case split_part(split_part(lower(trim(language)), '-', 1), '_', 1) {named} end as named, {little} as little from {texts}
),
-- Which language the little words of the comment speak for; one that says it is in another has to have many of them.
heard as (
  select *, case when list_max(little) > 0 and len(list_filter(little, lambda n: n = list_max(little))) = 1
    then list_position(little, list_max(little)) end as sounds,
    case when list_max(little) > 1 and (language is null or named is not null
      or list_max(little) * 4 >= len(regexp_extract_all(comment, '[[:alpha:]]+'))) then sounds end as speaks
  from said
),
-- Else what the file says of it, what most comments of the file are in, what a single word sounds like, or English.
placed as (
  select *, coalesce(speaks,
    if(language is null or named is not null, coalesce(named, mode(speaks) over (partition by source), sounds, 1), null)) as pack
  from heard
),
-- Each word found stands here with the turning word before it, or as '' where there is none.
found as (select *, {praised} as praised, {blamed} as blamed from placed),
turned as (
  select *, len(list_filter(praised, lambda before: before <> '')) as praise_turned,
    len(list_filter(blamed, lambda before: before <> '')) as blame_turned
  from found
),
counted as (
  select *, len(praised) - praise_turned + blame_turned as praise, len(blamed) - blame_turned + praise_turned as blame from turned
)
select kind, source, id,
  case when told in ('positive', 'negative') then told when told = 'neutral' then null
    when praise > blame then 'positive' when blame > praise then 'negative' end as mood,
  case when mood is not null then null when told = 'neutral' then 'called neutral by the file'
    when pack is null then 'in a language that is not read' when praise > 0 then 'as much praise as blame'
    else 'neither praise nor blame found' end as mood_left_out
from counted
