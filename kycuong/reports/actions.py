"""Acts on the settings of figures. Figures themselves are never written."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record
from kycuong.catalog.models import province
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.reports.models import ParCriterion, RankingRule
from kycuong.reports.rules import par, ranking


@act
def set_par_criterion(*, by: Person | None, valid_from: date, criterion: par.Criterion) -> ParCriterion:
    """Set which figure a criterion scores, and by which tiers, from a day on; the same day again corrects it."""
    authorize(by, "figures.set_rules", at=province())
    par.ensure_starts(valid_from, today=today())
    par.ensure_figure_scored(criterion.figure)
    par.ensure_tiers(criterion.tiers)
    there = ParCriterion.objects.filter(code=criterion.code, valid_from=valid_from).first()
    row = there or ParCriterion(code=criterion.code, valid_from=valid_from)
    row.title, row.figure, row.note = criterion.title.strip(), criterion.figure, criterion.note.strip()
    row.tiers = [tier.as_pair() for tier in criterion.tiers]
    row.set_at, row.set_by = now(), by
    ensure_clean(row)
    row.save()
    record("figures.set_par", row, by=by)
    return row


@act
def set_ranking_rule(*, by: Person | None, valid_from: date, terms: ranking.RankingTerms) -> RankingRule:
    """Set who is ranked, and what a partial pass counts for, from a day on; the same day again corrects it."""
    authorize(by, "figures.set_rules", at=province())
    par.ensure_starts(valid_from, today=today())
    ranking.ensure_ranking_terms(terms)
    row = RankingRule.objects.filter(valid_from=valid_from).first() or RankingRule(valid_from=valid_from)
    row.least_visits, row.partial_percent = terms.least_visits, terms.partial_percent
    row.set_at, row.set_by = now(), by
    ensure_clean(row)
    row.save()
    record("figures.set_ranking", row, by=by)
    return row
