"""What a calendar holds is told in the present; so is what is over, in headlines."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from service.temporal.cues import cue_at, may_point
from service.temporal.engine import resolve
from service.temporal.lexicon import lexicon
from service.temporal.plans import is_held
from service.temporal.publication import read_publication
from service.temporal.scanner import scan
from service.temporal.timex import Context

TUESDAY = Context(publication=read_publication("2026-01-27T10:00:00-05:00"))
TODAY = "2026-01-27"


def said(text):
    """The first expression of the text that has a place on the line."""
    return next(each for each in resolve(text, TUESDAY) if each.interval is not None)


AHEAD = """
Voters in the region go to the polls on Sunday to choose a mayor.
The court sits on Monday.
Cranes turn again on Monday
Talks resume on Thursday, and nobody expects a deal.
The deadline expires at midnight on Friday.
Lawmakers vote on the bill on Wednesday.
The new tariffs take effect on Sunday.
The rule comes into force on Saturday.
The school closes its doors on Friday.
Liverpool play Everton on Saturday.
The hosts meet Peru on Thursday.
Tickets go on sale on Friday.
He is back in court on Thursday.
When the shops open on Saturday, queues are likely.
Fares rise from Monday.
The bridge is closed until Friday.
The judge adjourned the case until Monday.
He was remanded in custody until Friday.
The hearing was moved to Thursday.
The match was rescheduled for Saturday.
A strike was called for Friday.
The council demanded a reply by Friday.
Court to rule on Thursday
Union leaders to meet mayor on Friday
The final is on Saturday.
There is another meeting on Friday.
Rain could return on Friday.
The storm may reach the coast on Thursday.
Snow is likely on Friday.
The company reports earnings on Thursday.
She turns 80 on Saturday.
On Friday the ferry sails again.
Sunday's election is the first since the war.
Saturday's final pits the champions against a newcomer.
Monday's meeting will decide the budget.
Let us meet on Friday.
Let's meet on Friday.
Join us on Thursday.
Do not miss the parade on Sunday.
The banks do not open on Friday.
The library doesn't open on Sunday.
Bids must be in by Friday.
Ferries leave at noon on Sunday.
What happens on Friday if nobody pays?
The jury begins its work on Wednesday.
The museum reopens its doors on Saturday.
Both chambers debate the bill on Thursday.
Polling takes place on Sunday.
The envoy travels to Doha on Friday.
The president delivers his budget speech on Thursday.
Nurses walk out on Friday.
Doctors strike on Wednesday over pay.
Rail workers strike again on Friday.
The queen opens parliament on Wednesday.
Striking pilots go back to work on Sunday.
The regulator rules on the merger on Friday.
The comet passes Earth on Saturday.
Summer time starts on Sunday.
The ship docks in Marseille on Friday.
He leaves hospital on Friday.
She steps down on Friday.
The old notes cease to be valid on Saturday.
The offer ends Sunday.
The draw is made on Friday.
The verdict is due on Friday.
The results come out on Thursday.
The new line opens to the public on Saturday.
Hearings continue on Wednesday.
The trial continues Thursday.
The inquest resumes on Friday.
More talks are planned for Thursday.
A march is planned on Saturday.
Heavy snow is forecast for Friday.
The storm is expected ashore by Thursday.
Ministers gather in Brussels on Thursday for a summit.
Everton travel to Leeds on Saturday.
The Lions host the Bears on Sunday.
The Kings visit the Flames on Thursday.
Spain plays Peru on Friday in the last warm-up.
Markets are closed on Friday for the holiday.
Banks are shut on Friday.
The park stays open until Sunday.
The lockdown lasts until Sunday.
From Saturday, masks are no longer needed.
Beginning Sunday, the fare is two euros.
Starting Friday, visitors need a permit.
The appeal must be lodged by Friday.
Anyone with news should call by Thursday.
It all ends on Saturday.
I am flying to Rome on Friday.
We're meeting on Thursday.
He's back on Friday.
The ban kicks in on Sunday.
The rise comes in on Sunday.
The tax goes up on Sunday.
The next hearing: Friday
The bank decides on rates on Thursday.
The bus fare rises on Sunday.
My train leaves at six on Friday.
Our son turns ten on Saturday.
Your ticket expires on Sunday.
All pupils sit the exam on Thursday.
The chief of staff leaves on Friday for Japan.
Nobody works on Sunday.
"""

OVER = """
Minister resigns Monday after leak
Shares fall again on Monday
Storm takes four lives on Monday
Liverpool beat Everton on Saturday
The vote on Sunday was close.
Sunday's vote was close.
The talks on Thursday broke down.
The shop did not open on Monday.
The shops didn't open on Sunday.
Nobody came to the open day on Saturday.
The road was closed until Friday.
He was missing from Monday.
The rain lasted from Thursday.
Photos from Monday show the damage.
Stocks were little changed at the close on Friday.
Dow closes higher on Friday
Police open fire on crowd on Sunday
She had to face the board on Friday.
The rebels failed to meet on Saturday.
Police are hunting a gunman after a shooting on Monday.
Monday's ruling will be appealed.
Friday's attack is the deadliest in years.
Minister faces calls to quit over remarks on Sunday
The mayor visits hospital after blast on Sunday
Villagers are picking through the ruins of Sunday's quake.
Residents could see smoke on Monday.
He may have left on Friday.
A count of votes on Sunday gave him a lead.
Visits to the jail were stopped on Friday.
The man, who plays the flute, fell ill on Sunday.
Police say two men are dead after a fire on Friday.
Voters reject the plan on Sunday
It is the third time the bank has closed its doors since Friday.
The army condemned Iraq's raid on the port on Sunday.
The storm leaves ten dead on Sunday
Mayor quits on Friday
Army seizes port on Saturday
Stocks end higher on Friday
Pound hits new low on Friday
Novak beats Ortiz in final on Sunday
Rovers hold City on Saturday
Man held over stabbing on Friday
Two hurt as bus overturns on Saturday
Woman, 80, dies in blaze on Sunday
Workers end strike on Sunday
Firm closes plant on Friday with loss of 90 jobs
Parliament passes budget on Friday
MPs back bill on Friday
Voters back change on Sunday
The man arrested on Friday is a clerk.
The woman who fled on Sunday is safe.
The ship that sank on Friday is a ferry.
What happened on Friday is a mystery.
The plan unveiled on Friday is bold.
The rain that fell on Sunday is gone.
The report out on Friday is grim.
Those killed on Sunday include a nurse.
The attack on Sunday is under review.
Since Friday the road is closed.
Fighting that began on Friday goes on.
The votes cast on Sunday are being counted.
The clashes on Saturday show how tense the city is.
The blaze on Sunday leaves the firm without stock.
He has been missing since Thursday.
A quiet day for markets on Friday.
Two dead in a blaze on Sunday.
No trains ran on Sunday.
Another loss for Leeds on Saturday.
The mayor and his wife wed on Saturday.
The deal put paid to hopes on Friday.
They read the verdict on Friday.
Nobody slept on Sunday.
The boat overturned in high seas on Sunday.
He swam the lake on Sunday.
The army overran the town on Saturday.
A strong showing by the Greens on Sunday.
It rained on Sunday.
The rivals clung to a draw on Sunday.
He let them go on Friday.
She put the flag up on Saturday.
The bank cut rates on Thursday.
Prices hit a high on Friday.
The minister quit on Friday.
Rebels set fire to the mill on Sunday.
"""


@pytest.mark.parametrize("sentence", AHEAD.strip().splitlines())
def test_a_plan_in_the_present_lies_ahead(sentence):
    found = said(sentence)
    assert found.value[:10] > TODAY
    assert found.candidates


@pytest.mark.parametrize("sentence", OVER.strip().splitlines())
def test_what_is_over_lies_behind_whatever_form_its_verb_has(sentence):
    assert said(sentence).value[:10] < TODAY


def test_a_present_form_is_trusted_less_than_will():
    assert said("The court sits on Monday.").confidence < said("It will sit Monday.").confidence


ARTICLE = (
    "Cranes turn again on Monday\n\n"
    "Dockers and the port agreed on Sunday to end their strike.\n\n"
    "Work resumes on Monday at six, the union said on Saturday. Ships that were turned away "
    "on Friday return from Thursday. The deal expires in June, and the two sides meet again "
    "on Wednesday."
)


def test_an_article_tells_past_and_plans_apart():
    days = [each.value[:10] for each in resolve(ARTICLE, TUESDAY) if each.interval is not None]
    assert days == [
        "2026-02-02",  # the headline
        "2026-01-25",
        "2026-02-02",
        "2026-01-24",
        "2026-01-23",
        "2026-01-29",
        "2026-06",
        "2026-01-28",
    ]


HEADLINES = (
    "Minister resigns Monday\n\n"
    "The minister of ports resigned on Monday after a report on Friday faulted his office. "
    "Parliament votes on his successor on Thursday."
)


def test_a_headline_in_the_present_tells_what_is_over():
    days = [each.value for each in resolve(HEADLINES, TUESDAY)]
    assert days == ["2026-01-26", "2026-01-26", "2026-01-23", "2026-01-29"]


def test_words_that_are_passed_over_are_no_cues_wherever_they_stand():
    corpus = Path(__file__).resolve().parents[2] / "corpus"
    found = set()
    for path in corpus.glob("en_*.toml"):
        for example in tomllib.loads(path.read_text(encoding="utf-8"))["example"]:
            for text in example["texts"]:
                scanned = scan(example.get("frame", "{}").replace("{}", text), lexicon("en"))
                found |= {
                    word
                    for index, word in enumerate(scanned.words)
                    if cue_at(scanned, index)
                    or cue_at(scanned, index, beyond=True)
                    or is_held(scanned, index, index + 2)
                }
    assert len(found) > 100
    assert [word for word in found if not may_point(word)] == []
