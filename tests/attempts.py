"""Each command tried on a thing that one does not see, on one that nobody knows, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from quarterdeck.commands.activities import LogActivity, log_activity
from quarterdeck.commands.calendars import SetFiscalYear, set_fiscal_year
from quarterdeck.commands.capacity import SetCapacity, set_capacity
from quarterdeck.commands.credits import SetCredit, set_credit
from quarterdeck.commands.holidays import SetDayOff, SetHolidays, set_day_off, set_holidays
from quarterdeck.commands.identities import (
    SetAccess,
    SetSecondRole,
    UnlinkIdentity,
    set_access,
    set_second_role,
    unlink_identity,
)  # fmt: skip
from quarterdeck.commands.modules import (
    CreateModule,
    MergeModules,
    MoveAccounts,
    OneModuleEach,
    RenameModule,
    SetModuleOwner,
    SplitModule,
    create_module,
    merge_modules,
    move_accounts,
    one_module_each,
    rename_module,
    set_module_owner,
    split_module,
)  # fmt: skip
from quarterdeck.commands.objectives import SetObjective, set_objective
from quarterdeck.commands.people import AddPerson, SetManager, SetRole, add_person, set_manager
from quarterdeck.commands.people import set_role as give_role
from quarterdeck.commands.persons import ChangePerson, MergePeople, change_person, merge_people
from quarterdeck.commands.plans import (
    PlanCopy,
    PlanDeals,
    PlanDrop,
    PlanLooked,
    PlanMoves,
    PlanRealignment,
    PlanRule,
    PlanStatus,
    plan_copy,
    plan_deals,
    plan_drop,
    plan_looked,
    plan_moves,
    plan_realignment,
    plan_rule,
    plan_status,
)  # fmt: skip
from quarterdeck.commands.publishing import PublishRealignment, publish
from quarterdeck.commands.quotas import SetQuota, SetQuotaMonths, set_quota, set_quota_months
from quarterdeck.commands.rates import SetRate, set_rate
from quarterdeck.commands.settings import (
    ChangeReportingCurrency,
    ChangeSetting,
    change_reporting_currency,
    change_setting,
)  # fmt: skip
from quarterdeck.commands.stages import SetStage, set_stage
from quarterdeck.commands.templates import DropTemplate, drop_template, keep_command, keep_template
from quarterdeck.commands.undoing import undo_change
from quarterdeck.commands.viewing import ViewedAs, view_as
from quarterdeck.commands.views import DropView, KeepView, drop_view, keep_view
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.committing import commit_arrivals, commit_import
from quarterdeck.importing.staging import Dropped, stage
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import Scope
from tests.canaries import DECEMBER, NEXT
from tests.coaching_attempts import COACHING, OF_ONESELF
from tests.conftest import TODAY

NOTHING: Any = None
"""Whoever may not import is refused before the file is looked at."""
ONE = Decimal(1)
HALVES = (Decimal("0.5"), Decimal("0.5"))


@dataclass(frozen=True)
class Things:
    """The ids of what is somebody's: foreign ones, one's own, or some that nobody has."""

    person: str
    account: str
    module: str
    deal: str
    plan: str
    entry: int
    view: str


Try = Callable[[DuckDBEngine, Things, Things, Scope], Any]
"""On which database, about what, beside which things of one's own, and who."""

ABOUT_SOMEBODY: dict[str, Try] = {
    "people.set_role": lambda e, t, o, s: give_role(
        e, SetRole(t.person, "executive", TODAY), scope=s
    ),
    "people.set_manager": lambda e, t, o, s: set_manager(
        e, SetManager(t.person, None, TODAY), scope=s
    ),
    "people.set_manager, to them": lambda e, t, o, s: set_manager(
        e, SetManager(o.person, t.person, TODAY), scope=s
    ),
    "persons.change_person": lambda e, t, o, s: change_person(
        e, ChangePerson(t.person, "Somebody Else"), scope=s
    ),
    "persons.merge_people": lambda e, t, o, s: merge_people(
        e, MergePeople(t.person, o.person), scope=s
    ),
    "persons.merge_people, into": lambda e, t, o, s: merge_people(
        e, MergePeople(o.person, t.person), scope=s
    ),
    "quotas.set_quota": lambda e, t, o, s: set_quota(
        e, SetQuota(t.person, DECEMBER, ONE, TODAY), scope=s
    ),
    "quotas.set_quota_months": lambda e, t, o, s: set_quota_months(
        e, SetQuotaMonths(t.person, DECEMBER, (ONE,), TODAY), scope=s
    ),
    "capacity.set_capacity": lambda e, t, o, s: set_capacity(
        e, SetCapacity(t.person, "leave", Decimal(0), TODAY), scope=s
    ),
    "objectives.set_objective": lambda e, t, o, s: set_objective(
        e, SetObjective(t.person, "Call", "week", ONE, TODAY), scope=s
    ),
    "activities.log_activity": lambda e, t, o, s: log_activity(
        e, LogActivity("Call", t.person, TODAY), scope=s
    ),
    "activities.log_activity, at an account": lambda e, t, o, s: log_activity(
        e, LogActivity("Call", o.person, TODAY, account_id=t.account), scope=s
    ),
    "activities.log_activity, on a deal": lambda e, t, o, s: log_activity(
        e, LogActivity("Call", o.person, TODAY, deal_id=t.deal), scope=s
    ),
    "identities.set_access": lambda e, t, o, s: set_access(
        e, SetAccess(t.person, is_open=False), scope=s
    ),
    "identities.set_second_role": lambda e, t, o, s: set_second_role(
        e, SetSecondRole(t.person, "executive"), scope=s
    ),
    "identities.unlink_identity": lambda e, t, o, s: unlink_identity(
        e, UnlinkIdentity(t.person), scope=s
    ),
    "credits.set_credit": lambda e, t, o, s: set_credit(
        e, SetCredit(t.deal, (), (), TODAY, "Mine"), scope=s
    ),
    "credits.set_credit, with them": lambda e, t, o, s: set_credit(
        e, SetCredit(o.deal, (o.person, t.person), HALVES, TODAY, "Ours"), scope=s
    ),
    "modules.create_module, theirs": lambda e, t, o, s: create_module(
        e, CreateModule("New one", t.person, NEXT), scope=s
    ),
    "modules.create_module": lambda e, t, o, s: create_module(
        e, CreateModule("New one", o.person, NEXT, (t.account,)), scope=s
    ),
    "modules.rename_module": lambda e, t, o, s: rename_module(
        e, RenameModule(t.module, "Mine now"), scope=s
    ),
    "modules.move_accounts": lambda e, t, o, s: move_accounts(
        e, MoveAccounts((t.account,), o.module, NEXT), scope=s
    ),
    "modules.move_accounts, to them": lambda e, t, o, s: move_accounts(
        e, MoveAccounts((o.account,), t.module, NEXT), scope=s
    ),
    "modules.set_module_owner": lambda e, t, o, s: set_module_owner(
        e, SetModuleOwner(t.module, o.person, NEXT), scope=s
    ),
    "modules.set_module_owner, to them": lambda e, t, o, s: set_module_owner(
        e, SetModuleOwner(o.module, t.person, NEXT), scope=s
    ),
    "modules.split_module": lambda e, t, o, s: split_module(
        e, SplitModule(t.module, "Half", (t.account,), o.person, NEXT), scope=s
    ),
    "modules.merge_modules": lambda e, t, o, s: merge_modules(
        e, MergeModules(o.module, t.module, NEXT), scope=s
    ),
}
ABOUT_A_PLAN: dict[str, Try] = {
    "plans.plan_realignment": lambda e, t, o, s: plan_realignment(
        e, PlanRealignment("Fairer", NEXT, t.plan), scope=s
    ),
    "plans.plan_moves": lambda e, t, o, s: plan_moves(
        e, PlanMoves(t.plan, "account", (o.account,), (o.module,)), scope=s
    ),
    "plans.plan_rule": lambda e, t, o, s: plan_rule(
        e, PlanRule(t.plan, "lock", (o.account,)), scope=s
    ),
    "plans.plan_deals": lambda e, t, o, s: plan_deals(
        e, PlanDeals(t.plan, (o.deal,), "stay"), scope=s
    ),
    "plans.plan_copy": lambda e, t, o, s: plan_copy(e, PlanCopy(t.plan, "Copy"), scope=s),
    "plans.plan_drop": lambda e, t, o, s: plan_drop(e, PlanDrop(t.plan), scope=s),
    "plans.plan_status": lambda e, t, o, s: plan_status(
        e, PlanStatus(t.plan, "submitted"), scope=s
    ),
    "plans.plan_looked": lambda e, t, o, s: plan_looked(e, PlanLooked(t.plan), scope=s),
    "publishing.publish": lambda e, t, o, s: publish(
        e, PublishRealignment(t.plan, e.data_version(), accepts=True), scope=s
    ),
}
IN_ONES_OWN_PLAN: dict[str, Try] = {
    "plans.plan_moves, an account": lambda e, t, o, s: plan_moves(
        e, PlanMoves(o.plan, "account", (t.account,), (o.module,)), scope=s
    ),
    "plans.plan_moves, to a module": lambda e, t, o, s: plan_moves(
        e, PlanMoves(o.plan, "account", (o.account,), (t.module,)), scope=s
    ),
    "plans.plan_moves, to somebody": lambda e, t, o, s: plan_moves(
        e, PlanMoves(o.plan, "person", (o.account,), (t.person,)), scope=s
    ),
    "plans.plan_moves, a module": lambda e, t, o, s: plan_moves(
        e, PlanMoves(o.plan, "module", (t.module,), (o.person,)), scope=s
    ),
    "plans.plan_rule, an account": lambda e, t, o, s: plan_rule(
        e, PlanRule(o.plan, "lock", (t.account,)), scope=s
    ),
    "plans.plan_rule, somebody": lambda e, t, o, s: plan_rule(
        e, PlanRule(o.plan, "forbid", (o.account,), t.person), scope=s
    ),
    "plans.plan_deals, a deal": lambda e, t, o, s: plan_deals(
        e, PlanDeals(o.plan, (t.deal,), "stay"), scope=s
    ),
}
OF_ONES_OWN: dict[str, Try] = {
    "views.keep_view": lambda e, t, o, s: keep_view(
        e, KeepView("Mine", "funnel", "", view_id=t.view), scope=s
    ),
    "views.drop_view": lambda e, t, o, s: drop_view(e, DropView(t.view), scope=s),
    "undoing.undo_change": lambda e, t, o, s: undo_change(e, t.entry, scope=s),
}
FOR_EVERYONE: dict[str, Try] = {
    "rates.set_rate": lambda e, t, o, s: set_rate(e, SetRate("GBP", ONE), scope=s),
    "calendars.set_fiscal_year": lambda e, t, o, s: set_fiscal_year(e, SetFiscalYear(7), scope=s),
    "settings.change_setting": lambda e, t, o, s: change_setting(
        e, ChangeSetting("few_deals", "12"), scope=s
    ),
    "settings.change_reporting_currency": lambda e, t, o, s: change_reporting_currency(
        e, ChangeReportingCurrency("EUR"), scope=s
    ),
    "stages.set_stage": lambda e, t, o, s: set_stage(
        e, SetStage("", "Propose", 7, "open"), scope=s
    ),
    "holidays.set_holidays": lambda e, t, o, s: set_holidays(e, SetHolidays("US-WA"), scope=s),
    "holidays.set_day_off": lambda e, t, o, s: set_day_off(
        e, SetDayOff(date(2026, 12, 22), "Founders"), scope=s
    ),
}
BY_ROLE: dict[str, Try] = {
    "people.add_person": lambda e, t, o, s: add_person(e, AddPerson("Zoe"), scope=s),
    "modules.one_module_each": lambda e, t, o, s: one_module_each(e, OneModuleEach(NEXT), scope=s),
    "templates.keep_template": lambda e, t, o, s: keep_template(
        e, keep_command("letter", b"x"), content=b"x", scope=s
    ),
    "templates.drop_template": lambda e, t, o, s: drop_template(e, DropTemplate("letter"), scope=s),
    "viewing.view_as": lambda e, t, o, s: view_as(e, ViewedAs(t.person, "director"), scope=s),
    "staging.stage": lambda e, t, o, s: stage(e, Dropped("deals.csv", b"x"), scope=s, today=TODAY),
    "committing.commit_import": lambda e, t, o, s: commit_import(e, NOTHING, scope=s, key="k"),
    "committing.commit_arrivals": lambda e, t, o, s: commit_arrivals(e, (), scope=s),
    "batches.undo_import": lambda e, t, o, s: undo_import(e, "no batch", scope=s),
}
ATTEMPTS: dict[str, Try] = (
    ABOUT_SOMEBODY | ABOUT_A_PLAN | IN_ONES_OWN_PLAN | OF_ONES_OWN | FOR_EVERYONE | BY_ROLE
    | COACHING | OF_ONESELF
)  # fmt: skip
