"""Who gets what at every address: one line for each address and method. Read it against docs/reference/roles.md.

A line: method and address; the thing whose uid (or slug) fills the address; what each person of `WHO` gets, first for a
thing of their own side (led by the department, about the commune), then for a foreign one (another district's).

    +  allowed    -  403 with the reason    .  404    ?  must sign in    x  405
"""

from __future__ import annotations

from typing import NamedTuple

WHO = (
    "aggregator", "leader", "auditor", "records_clerk", "team_head", "team_member", "coordinator", "unit_head",
    "system_admin", "outsider", "nobody", "anonymous",
)  # fmt: skip
"""As in tests/desk.py: the first three and the administrator hold their role at the province, the next three at the
department, then the district, the commune; `outsider` coordinates the other district; `nobody` has no role."""


class Line(NamedTuple):
    """One line of the table."""

    method: str
    address: str
    thing: str
    own: str
    foreign: str


def read(table: str) -> dict[tuple[str, str], Line]:
    """(method, address) → line."""
    lines = [Line(*(row.split() + [""])[:5]) for row in table.strip().splitlines() if not row.startswith("#")]
    return {(line.method, line.address): line for line in lines}


TABLE = """
GET  /healthz                                         -          ++++++++++++
POST /healthz                                         -          ++++++++++++
GET  /readyz                                          -          ++++++++++++
POST /readyz                                          -          ++++++++++++
GET  /api/v1/openapi.json                             -          ++++++++++++
POST /api/v1/openapi.json                             -          ++++++++++++
GET  /api/v1/figures                                  scope      ++++++-----? +++------+-?
GET  /api/v1/figures/definitions                      -          +++++++++++?
GET  /api/v1/figures/par                              scope      ++++++-----? +++------+-?
GET  /api/v1/figures/par/evidence                     scope      ++++++-----? +++------+-?
GET  /api/v1/figures/summary                          scope      ++++++-----? +++------+-?
GET  /api/v1/figures/summary/<form>                   scope      ++++++-----? +++------+-?
GET  /api/v1/figures/ranking                          scope      ++++++-----? +++------+-?
GET  /api/v1/figures/accountability                   scope      +++--------? +++--------?
GET  /api/v1/figures/<name>/list                      scope      ++++++-----? +++------+-?
GET  /api/v1/inspections                              lead       +++++++++++? +++++++++++?
POST /api/v1/inspections                              lead       +---+------? +--------+-?
GET  /api/v1/inspections/<uid>                        inspection ++++++.....? +++......+.?
POST /api/v1/inspections/<uid>/visits                 inspection +---++.....? +--......+.?
POST /api/v1/inspections/<uid>/sealed                 sealed     ....+......? .........+.?
POST /api/v1/inspections/<uid>/targets                sealed     ....+......? .........+.?
POST /api/v1/inspections/<uid>/targets/<key>/beginning sealed     ....+......? .........+.?
POST /api/v1/inspections/<uid>/decision               inspection +--+--.....? +--......+.?
POST /api/v1/inspections/<uid>/team                   inspection +---+-.....? +--......+.?
POST /api/v1/inspections/<uid>/groups                 inspection +---+-.....? +--......+.?
POST /api/v1/inspections/<uid>/declaration            inspection +---++.....? +--......+.?
GET  /api/v1/visits/<uid>                             signed     ++++++++...? +++......+.?
POST /api/v1/visits/<uid>/answers                     draft      +---++.....? +--......+.?
POST /api/v1/visits/<uid>/minutes                     draft      +---+-.....? +--......+.?
POST /api/v1/visits/<uid>/picks                       draft      +---++.....? +--......+.?
POST /api/v1/visits/<uid>/uploads                     draft      +---++.....? +--......+.?
GET  /api/v1/uploads/<uid>                            draft      ...........? ...........?
PUT  /api/v1/uploads/<uid>/chunks/<place>             draft      ...........? ...........?
POST /api/v1/uploads/<uid>/finish                     draft      ...........? ...........?
POST /api/v1/visits/<uid>/annulment                   signed     +-------...? +--......+.?
GET  /api/v1/conclusions                              -          +++++++++++?
GET  /api/v1/conclusions/<uid>                        shared     ++++++++...? +++......+.?
POST /api/v1/visits/<uid>/conclusion                  signed     +---+---...? +--......+.?
POST /api/v1/conclusions/<uid>/text                   drafted    +---+-.....?
POST /api/v1/conclusions/<uid>/steps/<step>           shared     -+------...?
GET  /api/v1/recommendations                          -          +++++++++++?
GET  /api/v1/measures                                 -          +++++++++++?
GET  /api/v1/measures/<uid>                           measure    +++.+.++...? +++......+.?
POST /api/v1/measures/<uid>/steps/<step>              measure    +--.-.+-...? +--......-.?
POST /api/v1/visits/<uid>/measures                    judged     +---+---...? +--......+.?
GET  /api/v1/recommendations/<uid>                    advice     ++++++++...? +++......+.?
POST /api/v1/conclusions/<uid>/recommendations        drafted    +---+-.....?
POST /api/v1/recommendations/<uid>/text               advised    +---+-.....? +--......+.?
POST /api/v1/recommendations/<uid>/steps/<step>       advice     -+------...? -+-......-.?
POST /api/v1/recommendations/<uid>/proof              reported_advice -------+...? ---......-.?
GET  /api/v1/conclusions/<uid>/replies                hearing    ++++++++...? +++......+.?
POST /api/v1/conclusions/<uid>/replies                hearing    -------+...? ---......-.?
POST /api/v1/conclusions/<uid>/decisions              hearing    +---+---...? +--......+.?
GET  /api/v1/rounds                                   -          +++++++++++?
GET  /api/v1/rounds/<uid>                             round_open +++...++...? +++......+.?
GET  /api/v1/rounds/<uid>/signature                   round_open ++-...+-...? ++-......+.?
POST /api/v1/rounds/<uid>/signature                   round_open ++-...+-...? ++-......+.?
GET  /api/v1/agency-reports/<uid>                     agency_report +++...++...? +++......+.?
GET  /api/v1/agency-reports/<uid>/submission          agency_report ---...++...? ---......+.?
POST /api/v1/agency-reports/<uid>/submission          agency_report ---...++...? ---......+.?
POST /api/v1/agency-reports/<uid>/acceptance          given_report ++-...+-...? ++-......+.?
POST /api/v1/agency-reports/<uid>/return              given_report ++-...+-...? ++-......+.?
GET  /api/v1/signed-reports/<uid>                     signed_report +++...+....? +++......+.?
GET  /api/v1/self-checks                              -          +++++++++++?
GET  /api/v1/self-checks/<uid>                        self_check +++...++...? +++......+.?
POST /api/v1/self-checks/<uid>/answers                self_check ---...-+...? ---......-.?
POST /api/v1/self-checks/<uid>/submission             self_check ---...-+...? ---......-.?
GET  /api/v1/silence-rule                             -          +++++++++++?
POST /api/v1/silence-rule                             -          +----------?
POST /api/v1/findings/<uid>/uploads                   objected   -------+...? ---......-.?
GET  /api/v1/plans                                    lead       +++++++++++? +++++++++++?
POST /api/v1/plans                                    lead       +----------? +--------+-?
GET  /api/v1/plans/<uid>                              plan       ++++++.....? +++......+.?
POST /api/v1/plans/<uid>/text                         plan       +-----.....? +--......+.?
POST /api/v1/plans/<uid>/items                        plan       +-----.....? +--......+.?
POST /api/v1/plans/<uid>/steps/<step>                 plan       +-----.....? +--......+.?
GET  /api/v1/draws                                    -          +++++++++++?
GET  /api/v1/draws/<uid>                              draw       ++++++.....? +++......+.?
GET  /api/v1/keys                                     -          +++++++++++?
POST /api/v1/keys/<uid>/revocation                    api_key    ....+......? .........+.?
GET  /api/v1/webhooks                                 -          +---+----+-?
GET  /api/v1/webhooks/<uid>/deliveries                webhook    +..........?
POST /api/v1/webhooks/<uid>/trial                     webhook    +..........?
POST /api/v1/webhooks/<uid>/deliveries/<delivery>/again webhook  +..........?
GET  /api/v1/notices                                  -          +++++++++++?
POST /api/v1/notices/<uid>/reading                    notice     ....+......? .........+.?
GET  /api/v1/units                                    -          +++++++++++?
GET  /api/v1/units/<unit>                             unit       +++++++++++? +++++++++++?
GET  /api/v1/checklists                               -          +++++++++++?
GET  /api/v1/checklists/<version>                     -          +++++++++++?
GET  /api/v1/                                         -          ............
POST /api/v1/                                         -          ............
GET  /api/v1/installation                             -          +-------+--?
GET  /api/v1/checkpoints                              -          +-+-----+--?
POST /api/v1/checkpoints/comparison                   -          +++++++++++?
GET  /api/v1/features                                 -          +++++++++++?
POST /api/v1/features/<unit>/<feature>                lead       +-------+--? +-------+--?
GET  /api/v1/citizen-reports                          -          +-----+--+-?
GET  /api/v1/citizen-reports/<uid>                    citizen_report +.....+....? +........+.?
POST /api/v1/citizen-reports/<uid>/taking             citizen_report +.....+....? +........+.?
POST /api/v1/citizen-reports/<uid>/settlement         citizen_report +.....+....? +........+.?
GET  /api/v1/announcements                            -          +++++++++++?
POST /api/v1/announcements                            lead       +-------+--? +-------+--?
POST /api/v1/announcements/<uid>/ending               announced  +..---..+..? +.......+-.?
GET  /api/v1/days-off                                 -          +++++++++++?
GET  /api/v1/term                                     -          +++++++++++?
POST /api/v1/papers/check                             -          +++++++++++?
GET  /api/v1/papers/units/<unit>                      lead       +++++++++++? +++++++++++?
POST /api/v1/papers/units/<unit>/head                 lead       +--+-------? +--------+-?
POST /api/v1/papers/units/<unit>/signing              lead       +--+-------? +--------+-?
POST /api/v1/papers/units/<unit>/wording              lead       +--+-------? +--------+-?
GET  /api/v1/papers/units/<unit>/templates/<paper>    lead       +--+-------? +--------+-?
POST /api/v1/papers/units/<unit>/templates/<paper>    lead       +--+-------? +--------+-?
POST /api/v1/papers/units/<unit>/templates/<paper>/standard lead +--+-------? +--------+-?
POST /api/v1/papers/templates/<uid>/use               template   +..+.......? +........+.?
GET  /api/v1/papers/templates/<uid>/<which>           template   +..+.......? +........+.?
GET  /api/v1/papers/<paper>/<uid>/<form>              signed     ++++++++...? +++......+.?
GET  /papers/                                         -          +++++++++++?
GET  /papers/check/                                   -          +++++++++++?
POST /papers/check/                                   -          +++++++++++?
GET  /papers/units/<slug:slug>/                       lead       +++++++++++? +++++++++++?
GET  /papers/units/<slug:slug>/head/                  lead       +--+-------? +--------+-?
POST /papers/units/<slug:slug>/head/                  lead       +--+-------? +--------+-?
GET  /papers/units/<slug:slug>/signing/<slug:paper>/  lead       +--+-------? +--------+-?
POST /papers/units/<slug:slug>/signing/<slug:paper>/  lead       +--+-------? +--------+-?
GET  /papers/units/<slug:slug>/wording/<slug:paper>/<slug:piece>/ lead       +--+-------? +--------+-?
POST /papers/units/<slug:slug>/wording/<slug:paper>/<slug:piece>/ lead       +--+-------? +--------+-?
GET  /papers/units/<slug:slug>/templates/<slug:paper>/ lead      +--+-------? +--------+-?
POST /papers/units/<slug:slug>/templates/<slug:paper>/ lead      +--+-------? +--------+-?
GET  /papers/units/<slug:slug>/templates/<slug:paper>/standard/ lead +--+-------? +--------+-?
POST /papers/units/<slug:slug>/templates/<slug:paper>/standard/ lead +--+-------? +--------+-?
GET  /papers/units/<slug:slug>/templates/<slug:paper>/start.docx lead +--+-------? +--------+-?
GET  /papers/templates/<uuid:uid>/                    template   +..+.......? +........+.?
POST /papers/templates/<uuid:uid>/                    template   +..+.......? +........+.?
GET  /papers/templates/<uuid:uid>/<slug:which>.<str:form> template +..+.......? +........+.?
GET  /papers/units/<slug:slug>/sample/<slug:paper>.<str:form> lead       +++++++++++? +++++++++++?
GET  /papers/<slug:paper>/<uuid:uid>.<str:form>       signed     ++++++++...? +++......+.?
GET  /api/v1/lists                                    -          +++++++++++?
GET  /api/v1/lists/<name>                             -          +++++++++++?
GET  /api/v1/exports                                  -          +++++++++++?
POST /api/v1/exports                                  -          +++++++++++?
GET  /api/v1/exports/<uid>                            ready      ....+......? .........+.?
GET  /api/v1/exports/<uid>/file                       ready      ....+......? .........+.?
GET  /lists/<slug:name>.<str:form>                    -          +++++++++++?
GET  /exports/                                        -          +++++++++++?
GET  /exports/new/                                    -          +++++++++++?
POST /exports/new/                                    -          +++++++++++?
GET  /exports/rules/                                  -          +-------+--?
POST /exports/rules/                                  -          +-------+--?
GET  /exports/<uuid:uid>/                             ready      ....+......? .........+.?
GET  /exports/<uuid:uid>/file                         ready      ....+......? .........+.?
POST /exports/<uuid:uid>/retry/                       unmade     ....+......? .........+.?
POST /exports/<uuid:uid>/removal/                     ready      ....+......? .........+.?
GET  /days-off/                                       -          +++++++++++?
GET  /days-off/new/                                   -          +-------+--?
POST /days-off/new/                                   -          +-------+--?
GET  /days-off/swap/                                  -          +-------+--?
POST /days-off/swap/                                  -          +-------+--?
POST /days-off/<int:year>/filling/                    2033       +-------+--?
GET  /days-off/<int:year>/confirmation/               2032       +-------+--?
POST /days-off/<int:year>/confirmation/               2032       +-------+--?
GET  /days-off/<int:year>/withdrawal/                 2031       +-------+--?
POST /days-off/<int:year>/withdrawal/                 2031       +-------+--?
GET  /days-off/<uuid:uid>/removal/                    day        +-------+--?
POST /days-off/<uuid:uid>/removal/                    day        +-------+--?
GET  /mine/                                           -          +++++++++++?
GET  /features/                                       -          +++++++++++?
GET  /features/<slug:unit>/<slug:feature>/            lead       +-------+--? +-------+--?
POST /features/<slug:unit>/<slug:feature>/            lead       +-------+--? +-------+--?
GET  /announcements/                                  -          +++++++++++?
GET  /announcements/new/                              -          +-------+--?
POST /announcements/new/                              -          +-------+--?
GET  /announcements/<uuid:uid>/ending/                announced  +..---..+..? +.......+-.?
POST /announcements/<uuid:uid>/ending/                announced  +..---..+..? +.......+-.?
POST /announcements/<uuid:uid>/putting-away/          announced  +..+++..+..? +.......++.?
GET  /help/                                           -          +++++++++++?
GET  /help/guide/                                     -          +++++++++++?
GET  /help/guide/account/                             -          ++++++++++++
GET  /help/guide/<slug:name>/                         -          +++++++++++?
GET  /notices/                                        -          +++++++++++?
POST /notices/reading/                                -          +++++++++++?
GET  /notices/settings/                               -          +++++++++++?
POST /notices/settings/                               -          +++++++++++?
POST /notices/<uuid:uid>/reading/                     notice     ....+......? .........+.?
GET  /installation/                                   -          +-------+--?
GET  /start/                                          -          +-------+--?
GET  /metrics                                         -          ............
GET  /.well-known/security.txt                        -          ............
GET  /ticks/                                          -          +-------+--?
GET  /checkpoints/                                    -          +++++++++++?
POST /checkpoints/                                    -          +++++++++++?
GET  /api/v1/receipts/<kind>/<uid>                    signed     ++++++++...? +++......+.?
POST /api/v1/receipts/check                           -          +++++++++++?
GET  /receipts/                                       -          +++++++++++?
POST /receipts/                                       -          +++++++++++?
GET  /receipts/<slug:kind>/<uuid:uid>/                signed     ++++++++...? +++......+.?
GET  /receipts/<slug:kind>/<uuid:uid>.<str:form>      signed     ++++++++...? +++......+.?
GET  /checkpoints/<int:size>.tsr                      1          +.+.....+..?
GET  /checkpoints/<int:size>.txt                      1          +.+.....+..?
GET  /calendar/subscription/                          -          +++++++++++?
POST /calendar/subscription/                          -          +++++++++++?
POST /calendar/subscription/removal/                  -          ....+....+.?
GET  /webhooks/                                       -          +---+----+-?
GET  /webhooks/new/                                   -          +----------?
POST /webhooks/new/                                   -          +----------?
GET  /webhooks/<uuid:uid>/                            webhook    +..........?
POST /webhooks/<uuid:uid>/trial/                      webhook    +..........?
POST /webhooks/<uuid:uid>/resumption/                 webhook_paused +..........?
POST /webhooks/<uuid:uid>/removal/                    webhook    +..........?
POST /webhooks/<uuid:uid>/deliveries/<uuid:delivery>/again/ webhook +..........?
GET  /calendar/feeds/<str:token>.ics                  -          ............
GET  /calendar/                                       -          +++++++++++?
GET  /field/                                          -          ++++++++++++
GET  /field/sw.js                                     -          ++++++++++++
GET  /field/manifest.webmanifest                      -          ++++++++++++
GET  /session/                                        -          ++++++++++++
GET  /sign-in/                                        -          ++++++++++++
POST /sign-in/                                        -          ++++++++++++
GET  /sign-in/second/                                 -          +++++++++++?
POST /sign-in/second/                                 -          +++++++++++?
POST /sign-in/passkey/                                -          ????????????
POST /sign-in/passkey/options/                        -          ++++++++++++
POST /sign-in/provider/                               -          ............
GET  /sign-in/provider/back/                          -          ............
GET  /sign-out/                                       -          +++++++++++?
POST /sign-out/                                       -          ????????????
GET  /inactive/                                       -          ++++++++++++
GET  /password/                                       -          +++++++++++?
POST /password/                                       -          +++++++++++?
GET  /ui/                                             -          +++++++++++?
GET  /ui/print/                                       -          +++++++++++?
GET  /ui/problem/                                     -          +++++++++++?
POST /ui/language/                                    -          ++++++++++++
POST /ui/scheme/                                      -          ++++++++++++
GET  /ui/units/                                       -          +++++++++++?
GET  /units/                                          -          +++++++++++?
GET  /units/search/                                   -          +++++++++++?
GET  /units/search/options/                           -          +++++++++++?
GET  /units/change/                                   -          +----------?
GET  /units/change/<slug:kind>/                       unit       +----------? +----------?
POST /units/change/<slug:kind>/                       unit       +----------? +----------?
GET  /units/import/                                   -          +----------?
POST /units/import/                                   -          +----------?
GET  /units/import/template.xlsx                      -          +----------?
GET  /units/import/<str:token>/                       unit       .----------? .----------?
POST /units/import/<str:token>/                       unit       .----------? .----------?
GET  /units/import/<str:token>/errors.xlsx            unit       .----------? .----------?
GET  /units/<slug:slug>/                              unit       +++++++++++? +++++++++++?
GET  /people/                                         -          --+-----+--?
GET  /people/new/                                     -          --------+--?
POST /people/new/                                     -          --------+--?
GET  /people/import/                                  -          --------+--?
POST /people/import/                                  -          --------+--?
GET  /people/import/people.xlsx                       -          --------+--?
GET  /people/import/people.csv                        -          --------+--?
GET  /people/import/<str:token>/                      unit       --------.--? --------.--?
POST /people/import/<str:token>/                      unit       --------.--? --------.--?
GET  /people/import/<str:token>/errors.xlsx           unit       --------.--? --------.--?
GET  /people/<uuid:uid>/                              person     ..+.....+..? ..+.....+..?
POST /people/<uuid:uid>/                              person     ..-.....+..? ..-.....+..?
POST /people/<uuid:uid>/password/                     person     ..-.....+..? ..-.....+..?
POST /people/<uuid:uid>/close/                        person     ..-.....+..? ..-.....+..?
POST /people/<uuid:uid>/reopen/                       closed     ..-.....+..? ..-.....+..?
POST /people/<uuid:uid>/roles/<uuid:role>/end/        role       ..-.....+..? ..-.....+..?
GET  /people/<uuid:uid>/keys/                         person     --------+--? --------+--?
GET  /people/<uuid:uid>/keys/<uuid:key>/revocation/   person     --------+--? --------+--?
POST /people/<uuid:uid>/keys/<uuid:key>/revocation/   person     --------+--? --------+--?
GET  /people/<uuid:uid>/calendar/                     person     --------+--? --------+--?
POST /people/<uuid:uid>/calendar/                     person     --------+--? --------+--?
GET  /people/<uuid:uid>/webhooks/                     person     --------+--? --------+--?
POST /people/<uuid:uid>/webhooks/                     person     --------+--? --------+--?
GET  /people/<uuid:uid>/factors/                      person     --------+--? --------+--?
POST /people/<uuid:uid>/factors/                      person     --------+--? --------+--?
POST /api/v1/people/<uid>/factors                     person     --------+--? --------+--?
GET  /me/                                             -          +++++++++++?
GET  /me/standing-in/                                 -          +++++++++++?
GET  /standing-in/for/<uuid:role>/                    role       ....+...+..? ........++.?
POST /standing-in/for/<uuid:role>/                    role       ....+...+..? ........++.?
GET  /standing-in/<uuid:uid>/                         stand_in   ...++...+..? ........++.?
POST /standing-in/<uuid:uid>/end/                     stand_in   ...++...+..? ........++.?
GET  /api/v1/stand-ins                                -          +++++++++++?
POST /api/v1/stand-ins                                -          ----+------? ---------+-?
POST /api/v1/stand-ins/<uid>/end                      stand_in   ...++...+..? ........++.?
GET  /me/security/                                    -          +++++++++++?
GET  /me/security/app/                                -          +++++++++++?
POST /me/security/app/                                -          +++++++++++?
POST /me/security/app/removal/                        -          ...........?
GET  /me/security/passkeys/                           -          +++++++++++?
POST /me/security/passkeys/                           -          +++++++++++?
POST /me/security/passkeys/options/                   -          +++++++++++?
POST /me/security/passkeys/<uuid:uid>/removal/        passkey    ....+......? .........+.?
POST /me/security/codes/                              -          +++++++++++?
GET  /me/security/keys/                               -          +++++++++++?
POST /me/security/keys/                               -          +++++++++++?
POST /me/security/keys/<uuid:uid>/revocation/         api_key    ....+......? .........+.?
GET  /me/security/identities/                         -          ...........?
POST /me/security/identities/                         -          ...........?
POST /me/security/identities/<uuid:uid>/removal/      identity   ....+......? .........+.?
POST /me/security/sessions/end/                       -          +++++++++++?
POST /me/security/sessions/<uuid:uid>/end/            session    ....+......? .........+.?
GET  /confirm/                                        -          +++++++++++?
POST /confirm/                                        -          +++++++++++?
GET  /why/                                            -          +++++++++++?
GET  /plans/                                          -          +++++++++++?
GET  /plans/new/                                      lead       +-----+--+-? +-----+--+-?
POST /plans/new/                                      lead       +----------? +--------+-?
GET  /plans/theme/                                    -          +----------?
POST /plans/theme/                                    -          +----------?
GET  /plans/overlaps/                                 -          +++++++++++?
GET  /plans/overlaps/limits/                          -          +----------?
POST /plans/overlaps/limits/                          -          +----------?
GET  /plans/reminders/                                lead       +----------?
POST /plans/reminders/                                lead       +----------?
GET  /plans/theme/spreading/                          -          +++++++++++?
GET  /plans/theme/spreading/new/                      lead       +-----+--+-? +-----+--+-?
POST /plans/theme/spreading/new/                      lead       +----------? +--------+-?
GET  /plans/theme/spreading/of/<slug:slug>/           lead       ++++++-----? +++------+-?
GET  /plans/theme/spreading/<uuid:uid>/withdrawal/    spread     +-----.....? +--......+.?
POST /plans/theme/spreading/<uuid:uid>/withdrawal/    spread     +-----.....? +--......+.?
GET  /plans/unit-options/                             -          +++++++++++?
GET  /plans/<uuid:uid>/                               plan       ++++++.....? +++......+.?
GET  /plans/<uuid:uid>/text/                          plan       +-----.....? +--......+.?
POST /plans/<uuid:uid>/text/                          plan       +-----.....? +--......+.?
GET  /plans/<uuid:uid>/issue/                         plan       +-----.....? +--......+.?
POST /plans/<uuid:uid>/issue/                         plan       +-----.....? +--......+.?
GET  /plans/<uuid:uid>/submission/                    plan       +-----.....? +--......+.?
POST /plans/<uuid:uid>/submission/                    plan       +-----.....? +--......+.?
GET  /plans/<uuid:uid>/withdrawal/                    submitted  +-----.....? +--......+.?
POST /plans/<uuid:uid>/withdrawal/                    submitted  +-----.....? +--......+.?
GET  /plans/<uuid:uid>/approval/                      submitted  -+----.....? -+-......-.?
POST /plans/<uuid:uid>/approval/                      submitted  -+----.....? -+-......-.?
GET  /plans/<uuid:uid>/return/                        submitted  -+----.....? -+-......-.?
POST /plans/<uuid:uid>/return/                        submitted  -+----.....? -+-......-.?
GET  /plans/<uuid:uid>/amendment/                     issued     +-----.....? +--......+.?
POST /plans/<uuid:uid>/amendment/                     issued     +-----.....? +--......+.?
GET  /plans/<uuid:uid>/closure/                       issued     +-----.....? +--......+.?
POST /plans/<uuid:uid>/closure/                       issued     +-----.....? +--......+.?
GET  /plans/<uuid:uid>/copy/                          plan       +-----.....? +--......+.?
POST /plans/<uuid:uid>/copy/                          plan       +-----.....? +--......+.?
GET  /plans/<uuid:uid>/items/                         plan       +-----.....? +--......+.?
POST /plans/<uuid:uid>/items/                         plan       +-----.....? +--......+.?
GET  /plans/items/<uuid:uid>/                         item       +-----.....? +--......+.?
POST /plans/items/<uuid:uid>/                         item       +-----.....? +--......+.?
GET  /plans/items/<uuid:uid>/removal/                 item       +-----.....? +--......+.?
POST /plans/items/<uuid:uid>/removal/                 item       +-----.....? +--......+.?
GET  /plans/<uuid:uid>/progress/                      plan       ++++++.....? +++......+.?
GET  /plans/<uuid:uid>/number/                        issued     +--+--.....? +--......+.?
POST /plans/<uuid:uid>/number/                        issued     +--+--.....? +--......+.?
GET  /checklists/                                     -          +++++++++++?
POST /checklists/                                     -          +++++++++++?
GET  /checklists/<str:version>/                       -          +++++++++++?
POST /checklists/<str:version>/                       -          +++++++++++?
GET  /checklists/<str:version>/file.xlsx               -          +++++++++++?
GET  /checklists/<str:version>/preview/                -          +++++++++++?
GET  /checklists/versions/                             -          +++++++++++?
GET  /checklists/versions/new/                         -          +-----+--+-?
POST /checklists/versions/new/                         -          +----------?
GET  /checklists/compare/                              -          +++++++++++?
GET  /checklists/import/                               -          +-----+--+-?
POST /checklists/import/                               -          +-----+--+-?
GET  /checklists/import/template.xlsx                  -          +-----+--+-?
GET  /checklists/import/<str:token>/                   -          .-----.--.-?
POST /checklists/import/<str:token>/                   -          .-----.--.-?
GET  /checklists/import/<str:token>/errors.xlsx        -          .-----.--.-?
GET  /checklists/bases/                                -          +++++++++++?
GET  /checklists/bases/new/                            -          +----------?
POST /checklists/bases/new/                            -          +----------?
GET  /checklists/bases/<uuid:uid>/                     basis      +----------?
POST /checklists/bases/<uuid:uid>/                     basis      +----------?
GET  /checklists/drafts/<uuid:uid>/                    local      +..........? +........+.?
GET  /checklists/drafts/<uuid:uid>/name/               local      +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/name/               local      +..........? +........+.?
GET  /checklists/drafts/<uuid:uid>/publication/        local      +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/publication/        local      +..........? +........+.?
GET  /checklists/drafts/<uuid:uid>/removal/            local      +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/removal/            local      +..........? +........+.?
GET  /checklists/drafts/<uuid:uid>/groups/             local      +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/groups/             local      +..........? +........+.?
GET  /checklists/drafts/<uuid:uid>/groups/<str:code>/  local      +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/groups/<str:code>/  local      +..........? +........+.?
GET  /checklists/drafts/<uuid:uid>/groups/<str:code>/criteria/ local      +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/groups/<str:code>/criteria/ local      +..........? +........+.?
GET  /checklists/drafts/<uuid:uid>/criteria/<str:code>/ local      +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/criteria/<str:code>/ local      +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/groups/<str:code>/removal/ bare       +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/criteria/<str:code>/place/ local      +..........? +........+.?
POST /checklists/drafts/<uuid:uid>/criteria/<str:code>/removal/ local      +..........? +........+.?
GET  /inspections/                                    -          +++++++++++?
GET  /inspections/new/                                lead       +---+-+--+-? +---+-+--+-?
POST /inspections/new/                                lead       +---+------? +--------+-?
GET  /inspections/import/                             -          +-----+--+-?
POST /inspections/import/                             -          +-----+--+-?
GET  /inspections/import/template.xlsx                -          +-----+--+-?
GET  /inspections/import/<str:token>/                 -          .-----.--.-?
POST /inspections/import/<str:token>/                 -          .-----.--.-?
GET  /inspections/import/<str:token>/errors.xlsx      -          .-----.--.-?
GET  /inspections/<uuid:uid>/                         inspection ++++++.....? +++......+.?
GET  /inspections/<uuid:uid>/visits/                  inspection +---++.....? +--......+.?
POST /inspections/<uuid:uid>/visits/                  inspection +---++.....? +--......+.?
GET  /inspections/<uuid:uid>/cancellation/            inspection +-----.....? +--......+.?
POST /inspections/<uuid:uid>/cancellation/            inspection +-----.....? +--......+.?
POST /inspections/<uuid:uid>/sealed/                  sealed     ....+......? .........+.?
GET  /inspections/<uuid:uid>/targets/                 sealed     ....+......? .........+.?
POST /inspections/<uuid:uid>/targets/                 sealed     ....+......? .........+.?
GET  /inspections/<uuid:uid>/targets/<uuid:key>/      sealed     ....+......? .........+.?
POST /inspections/<uuid:uid>/targets/<uuid:key>/      sealed     ....+......? .........+.?
GET  /inspections/<uuid:uid>/targets/<uuid:key>/strike/ sealed     ....+......? .........+.?
POST /inspections/<uuid:uid>/targets/<uuid:key>/strike/ sealed     ....+......? .........+.?
POST /inspections/<uuid:uid>/targets/<uuid:key>/beginning/ sealed     ....+......? .........+.?
GET  /inspections/<uuid:uid>/release/                 sealed     ....+......? .........+.?
POST /inspections/<uuid:uid>/release/                 sealed     ....+......? .........+.?
POST /inspections/<uuid:uid>/opening/                 opening    ....+......? .........+.?
GET  /inspections/<uuid:uid>/team/                    inspection +---+-.....? +--......+.?
POST /inspections/<uuid:uid>/team/                    inspection +---+-.....? +--......+.?
GET  /inspections/<uuid:uid>/groups/                  inspection +---+-.....? +--......+.?
POST /inspections/<uuid:uid>/groups/                  inspection +---+-.....? +--......+.?
GET  /inspections/<uuid:uid>/decision/                inspection +--+--.....? +--......+.?
POST /inspections/<uuid:uid>/decision/                inspection +--+--.....? +--......+.?
GET  /inspections/<uuid:uid>/declaration/             inspection +---++.....? +--......+.?
POST /inspections/<uuid:uid>/declaration/             inspection +---++.....? +--......+.?
GET  /inspections/<uuid:uid>/waiver/                  tied       -+----.....? -+-......-.?
POST /inspections/<uuid:uid>/waiver/                  tied       -+----.....? -+-......-.?
GET  /inspections/<uuid:uid>/report/                  reported   +---+---...? +--......+.?
POST /inspections/<uuid:uid>/report/                  reported   +---+---...? +--......+.?
GET  /seals/break/                                    -          -++--------?
POST /seals/break/                                    unasked    -++--------?
GET  /seals/break/<uuid:uid>/                         break      .++........? .++........?
POST /seals/break/<uuid:uid>/confirmation/            break      .-+........? .-+........?
POST /seals/break/<uuid:uid>/note/                    broken     .++........? .++........?
GET  /visits/new/                                     lead       +---+-+--+-? +---+-+--+-?
POST /visits/new/                                     lead       +---+------? +--------+-?
GET  /visits/<uuid:uid>/                              draft      ++++++.....? +++......+.?
POST /visits/<uuid:uid>/                              draft      +---++.....? +--......+.?
GET  /visits/<uuid:uid>/files/                        draft      ++++++.....? +++......+.?
POST /visits/<uuid:uid>/files/                        draft      +---++.....? +--......+.?
GET  /visits/<uuid:uid>/picks/                        draft      ++++++.....? +++......+.?
POST /visits/<uuid:uid>/picks/                        draft      +---++.....? +--......+.?
GET  /findings/<uuid:uid>/people/                     finding    +---++.....? +--......+.?
POST /findings/<uuid:uid>/people/                     finding    +---++.....? +--......+.?
POST /concerned/<uuid:uid>/removal/                   concerned  +---++.....? +--......+.?
GET  /evidence/<uuid:uid>/shown/                      evidence   ++++++.....? +++......+.?
GET  /evidence/<uuid:uid>/thumbnail/                  evidence   ++++++.....? +++......+.?
GET  /evidence/<uuid:uid>/custody/                    evidence   -++---.....? -++......-.?
POST /evidence/<uuid:uid>/custody/                    evidence   -++---.....? -++......-.?
POST /evidence/<uuid:uid>/removal/                    evidence   +---++.....? +--......+.?
GET  /visits/<uuid:uid>/signing/                      draft      +---+-.....? +--......+.?
POST /visits/<uuid:uid>/signing/                      draft      +---+-.....? +--......+.?
GET  /visits/<uuid:uid>/minutes/                      signed     ++++++++...? +++......+.?
GET  /visits/<uuid:uid>/minutes/number/               signed     +--+----...? +--......+.?
POST /visits/<uuid:uid>/minutes/number/               signed     +--+----...? +--......+.?
GET  /visits/<uuid:uid>/minutes/addenda/              signed     +---+---...? +--......+.?
POST /visits/<uuid:uid>/minutes/addenda/              signed     +---+---...? +--......+.?
POST /visits/<uuid:uid>/conclusion/                   signed     +---+---...? +--......+.?
GET  /conclusions/<uuid:uid>/                         shared     ++++++++...? +++......+.?
GET  /conclusions/<uuid:uid>/text/                    drafted    +---+-.....?
POST /conclusions/<uuid:uid>/text/                    drafted    +---+-.....?
GET  /conclusions/<uuid:uid>/sharing/                 drafted    +---+-.....?
POST /conclusions/<uuid:uid>/sharing/                 drafted    +---+-.....?
GET  /conclusions/<uuid:uid>/reply/                   shared     -------+...? ---......-.?
POST /conclusions/<uuid:uid>/reply/                   shared     -------+...? ---......-.?
GET  /conclusions/<uuid:uid>/return/                  shared     ++--+---...? ++-......+.?
POST /conclusions/<uuid:uid>/return/                  shared     ++--+---...? ++-......+.?
POST /conclusions/<uuid:uid>/approval/                shared     -+------...?
GET  /conclusions/<uuid:uid>/issue/                   approved   +-------...?
POST /conclusions/<uuid:uid>/issue/                   approved   +-------...?
GET  /conclusions/<uuid:uid>/number/                  concluded  +--+----...?
POST /conclusions/<uuid:uid>/number/                  concluded  +--+----...?
GET  /silence/                                        -          +++++++++++?
POST /silence/                                        -          +----------?
POST /findings/<uuid:uid>/acceptance/                 objected   -------+...? ---......-.?
GET  /findings/<uuid:uid>/reply/                      objected   -------+...? ---......-.?
POST /findings/<uuid:uid>/reply/                      objected   -------+...? ---......-.?
GET  /findings/<uuid:uid>/decision/                   objected   +---+---...? +--......+.?
POST /findings/<uuid:uid>/decision/                   objected   +---+---...? +--......+.?
GET  /visits/<uuid:uid>/annulment/                    signed     +-------...? +--......+.?
POST /visits/<uuid:uid>/annulment/                    signed     +-------...? +--......+.?
GET  /visits/<uuid:uid>/removal/                      draft      +---++.....? +--......+.?
POST /visits/<uuid:uid>/removal/                      draft      +---++.....? +--......+.?
GET  /recusals/                                       -          +---+++--+-?
GET  /recusals/new/                                   lead       +---+++--+-? +---+++--+-?
POST /recusals/new/                                   lead       +---++-----? +--------+-?
POST /recusals/<uuid:uid>/end/                        recusal    +.........-? +........+-?
GET  /conclusions/<uuid:uid>/recommendations/         drafted    +---+-.....?
POST /conclusions/<uuid:uid>/recommendations/         drafted    +---+-.....?
POST /conclusions/<uuid:uid>/recommendations/all/     drafted    +---+-.....?
GET  /recommendations/                                -          +++++++++++?
GET  /measures/                                       -          +++++++++++?
GET  /measures/kinds/                                 -          +++++++++++?
GET  /measures/kinds/new/                             -          +----------?
POST /measures/kinds/new/                             -          +----------?
GET  /measures/kinds/<slug:code>/                     -          +----------?
POST /measures/kinds/<slug:code>/                     -          +----------?
GET  /measures/retention/                             -          ++---------?
POST /measures/retention/                             -          +----------?
GET  /measures/<uuid:uid>/                            measure    +++.+.++...? +++......+.?
POST /measures/<uuid:uid>/name/                       measure    -+-.+.-+...? -+-......-.?
GET  /measures/<uuid:uid>/decision/                   measure    +--.-.+-...? +--......+.?
POST /measures/<uuid:uid>/decision/                   measure    +--.-.+-...? +--......-.?
GET  /measures/<uuid:uid>/refusal/                    measure    +--.-.+-...? +--......+.?
POST /measures/<uuid:uid>/refusal/                    measure    +--.-.+-...? +--......-.?
GET  /visits/<uuid:uid>/measures/proposal/            judged     +---+---...? +--......+.?
POST /visits/<uuid:uid>/measures/proposal/            judged     +---+---...? +--......+.?
GET  /visits/<uuid:uid>/measures/decision/            judged     +-----++...? +--......-.?
POST /visits/<uuid:uid>/measures/decision/            judged     +-----++...? +--......-.?
GET  /visits/<uuid:uid>/hold/                         judged     ++------...? ++-......-.?
POST /visits/<uuid:uid>/hold/                         judged     ++------...? ++-......-.?
GET  /recommendations/rules/                          -          +++++++++++?
POST /recommendations/rules/                          -          +----------?
GET  /recommendations/wordings/                       -          +++++++++++?
GET  /recommendations/wordings/<slug:code>/           -          +----------?
POST /recommendations/wordings/<slug:code>/           -          +----------?
POST /recommendations/wordings/<slug:code>/removal/   -          +----------?
GET  /recommendations/<uuid:uid>/                     advice     ++++++++...? +++......+.?
GET  /recommendations/<uuid:uid>/text/                advised    +---+-.....? +--......+.?
POST /recommendations/<uuid:uid>/text/                advised    +---+-.....? +--......+.?
POST /recommendations/<uuid:uid>/removal/             advised    +---+-.....? +--......+.?
POST /recommendations/<uuid:uid>/acknowledgement/     advice     -------+...? ---......-.?
GET  /recommendations/<uuid:uid>/report/              advice     -------+...? ---......-.?
POST /recommendations/<uuid:uid>/report/              advice     -------+...? ---......-.?
GET  /recommendations/<uuid:uid>/extension/           advice     -------+...? ---......-.?
POST /recommendations/<uuid:uid>/extension/           advice     -------+...? ---......-.?
GET  /recommendations/<uuid:uid>/receiver/            advice     ...........? ...........?
POST /recommendations/<uuid:uid>/receiver/            advice     ...........? ...........?
GET  /recommendations/<uuid:uid>/closure/             advice     -+------...? -+-......-.?
POST /recommendations/<uuid:uid>/closure/             advice     -+------...? -+-......-.?
GET  /remedies/<uuid:uid>/proof/                      report     -------+...? ---......-.?
POST /remedies/<uuid:uid>/proof/                      report     -------+...? ---......-.?
GET  /remedies/<uuid:uid>/acceptance/                 report     +---+---...? +--......+.?
POST /remedies/<uuid:uid>/acceptance/                 report     +---+---...? +--......+.?
GET  /remedies/<uuid:uid>/return/                     report     +---+---...? +--......+.?
POST /remedies/<uuid:uid>/return/                     report     +---+---...? +--......+.?
GET  /remedies/<uuid:uid>/recheck/                    report     +---+---...? +--......+.?
POST /remedies/<uuid:uid>/recheck/                    report     +---+---...? +--......+.?
GET  /remedies/files/<uuid:uid>/                      proof      ++++++++...? +++......+.?
GET  /remedies/files/<uuid:uid>/small/                proof      ++++++++...? +++......+.?
GET  /extensions/<uuid:uid>/answer/                   asked      -+------...? -+-......-.?
POST /extensions/<uuid:uid>/answer/                   asked      -+------...? -+-......-.?
GET  /findings/<uuid:uid>/                            finding    +---++.....? +--......+.?
POST /findings/<uuid:uid>/                            finding    +---++.....? +--......+.?
POST /findings/<uuid:uid>/removal/                    finding    +---++.....? +--......+.?
GET  /findings/<uuid:uid>/remedy/                     remedy     +---+---...? +--......+.?
POST /findings/<uuid:uid>/remedy/                     remedy     +---+---...? +--......+.?
GET  /rounds/                                         -          +++++++++++?
GET  /rounds/rules/                                   -          +++++++++++?
POST /rounds/rules/                                   -          +----------?
GET  /rounds/new/                                     -          ++----+--+-?
POST /rounds/new/                                     asks       ++----+----? ++-------+-?
GET  /rounds/<uuid:uid>/                              round_open +++...++...? +++......+.?
GET  /rounds/<uuid:uid>/text/                         round_draft ++....+....? ++.......+.?
POST /rounds/<uuid:uid>/text/                         round_draft ++....+....? ++.......+.?
GET  /rounds/<uuid:uid>/removal/                      round_draft ++....+....? ++.......+.?
POST /rounds/<uuid:uid>/removal/                      round_draft ++....+....? ++.......+.?
GET  /rounds/<uuid:uid>/opening/                      round_draft ++....+....? ++.......+.?
POST /rounds/<uuid:uid>/opening/                      round_draft ++....+....? ++.......+.?
GET  /rounds/<uuid:uid>/cancellation/                 round_open ++-...+-...? ++-......+.?
POST /rounds/<uuid:uid>/cancellation/                 round_open ++-...+-...? ++-......+.?
POST /rounds/<uuid:uid>/reminders/                    round_open ++-...+-...? ++-......+.?
GET  /rounds/<uuid:uid>/signature/                    round_open ++-...+-...? ++-......+.?
POST /rounds/<uuid:uid>/signature/                    round_open ++-...+-...? ++-......+.?
GET  /rounds/reports/<uuid:uid>/                      agency_report +++...++...? +++......+.?
POST /rounds/reports/<uuid:uid>/                      agency_report ---...++...? ---......+.?
GET  /rounds/reports/<uuid:uid>/submission/           agency_report ---...++...? ---......+.?
POST /rounds/reports/<uuid:uid>/submission/           agency_report ---...++...? ---......+.?
GET  /rounds/reports/<uuid:uid>/acceptance/           given_report ++-...+-...? ++-......+.?
POST /rounds/reports/<uuid:uid>/acceptance/           given_report ++-...+-...? ++-......+.?
GET  /rounds/reports/<uuid:uid>/return/               given_report ++-...+-...? ++-......+.?
POST /rounds/reports/<uuid:uid>/return/               given_report ++-...+-...? ++-......+.?
GET  /rounds/submissions/<uuid:uid>/                  submission +++...++...? +++......+.?
GET  /rounds/submissions/<uuid:uid>.<str:form>        submission +++...++...? +++......+.?
GET  /rounds/signed/<uuid:uid>/                       signed_report +++...+....? +++......+.?
GET  /rounds/signed/<uuid:uid>/changes/               signed_report +++...+....? +++......+.?
GET  /rounds/signed/<uuid:uid>/number/                signed_report +--...+....? +--......+.?
POST /rounds/signed/<uuid:uid>/number/                signed_report +--...+....? +--......+.?
GET  /rounds/signed/<uuid:uid>.<str:form>             signed_report +++...+....? +++......+.?
GET  /self-checks/                                    -          +++++++++++?
GET  /public/                                         -          ............
GET  /public/inspections.csv                          -          ............
GET  /public/inspections.json                         -          ............
GET  /public/years.csv                                -          ............
GET  /public/years.json                               -          ............
GET  /openness/                                       -          +++--------?
GET  /report/                                         -          ............
POST /report/                                         -          ............
GET  /report/<slug:unit>/                             unit       ............
POST /report/<slug:unit>/                             unit       ............
GET  /report/<slug:unit>/poster/                      unit       ...........?
GET  /citizen-reports/                                -          +-----+--+-?
GET  /citizen-reports/<uuid:uid>/                     citizen_report +.....+....? +........+.?
POST /citizen-reports/<uuid:uid>/                     citizen_report +.....+....? +........+.?
GET  /openness/opening/                               -          -+---------?
POST /openness/opening/                               -          -+---------?
GET  /openness/closing/                               -          -+---------?
POST /openness/closing/                               -          -+---------?
GET  /openness/rules/                                 -          +----------?
POST /openness/rules/                                 -          +----------?
GET  /self-checks/rules/                              -          +++++++++++?
POST /self-checks/rules/                              -          +----------?
GET  /self-checks/campaigns/new/                      -          +-----+--+-?
POST /self-checks/campaigns/new/                      lead       +----------? +--------+-?
GET  /self-checks/campaigns/<uuid:uid>/               self_sent  +++...+....? +++......+.?
GET  /self-checks/campaigns/<uuid:uid>/text/          self_draft +--...+....? +--......+.?
POST /self-checks/campaigns/<uuid:uid>/text/          self_draft +--...+....? +--......+.?
GET  /self-checks/campaigns/<uuid:uid>/removal/       self_draft +--...+....? +--......+.?
POST /self-checks/campaigns/<uuid:uid>/removal/       self_draft +--...+....? +--......+.?
GET  /self-checks/campaigns/<uuid:uid>/sending/       self_draft +--...+....? +--......+.?
POST /self-checks/campaigns/<uuid:uid>/sending/       self_draft +--...+....? +--......+.?
GET  /self-checks/campaigns/<uuid:uid>/closure/       self_sent  +--...+....? +--......+.?
POST /self-checks/campaigns/<uuid:uid>/closure/       self_sent  +--...+....? +--......+.?
GET  /self-checks/campaigns/<uuid:uid>/gap/           self_sent  +++...+....? +++......+.?
GET  /self-checks/<uuid:uid>/                         self_check +++...++...? +++......+.?
POST /self-checks/<uuid:uid>/                         self_check ---...-+...? ---......-.?
GET  /self-checks/<uuid:uid>/submission/              self_check ---...-+...? ---......-.?
POST /self-checks/<uuid:uid>/submission/              self_check ---...-+...? ---......-.?
GET  /self-checks/<uuid:uid>/reopening/               self_done  ---...-+...? ---......-.?
POST /self-checks/<uuid:uid>/reopening/               self_done  ---...-+...? ---......-.?
GET  /api/v1/field/start                              -          +++++++++++?
GET  /api/v1/field/witness/<old>/<new>                1          +++++++++++?
GET  /api/v1/field/policy                             -          +++++++++++?
POST /api/v1/field/policy                             -          +----------?
GET  /api/v1/field/pull                               phone      ....+...-..? ........-+.?
POST /api/v1/field/devices                            -          +++++++++++?
POST /api/v1/field/devices/<uid>/key-request          phone      ....+...-..? ........-+.?
GET  /api/v1/field/devices/<uid>/key                  phone      ....-...-..? ........--.?
POST /api/v1/field/ops                                phone      ....+...-..? ........-+.?
GET  /api/v1/field/visits/<uid>/manifest              in_field   ....+...-..? ........-+.?
HEAD /api/v1/field/media/<uid>                        photo      ++++++.....? +++......+.?
PATCH /api/v1/field/media/<uid>                       photo      ....+...-..? ........-+.?
POST /api/v1/field/rescue                             phone      ----+---+--? --------++-?
GET  /field/devices/                                  -          +++++++++++?
POST /field/devices/<uuid:uid>/revocation/            phone      ....+...+..? ........++.?
POST /field/devices/<uuid:uid>/key/                   phone      ....-...+..? ........+-.?
GET  /field/devices/<uuid:uid>/unplaced/              phone      ....+...+..? ........++.?
GET  /field/policy/                                   -          +++++++++++?
POST /field/policy/                                   -          +----------?
GET  /field/received/                                 -          +++++++++++?
GET  /field/visits/<uuid:uid>/                        in_field   ++++++.....? +++......+.?
POST /field/visits/<uuid:uid>/resolution/             in_field   +---++.....? +--......+.?
POST /field/visits/<uuid:uid>/acceptance/             in_field   +---+-.....? +--......+.?
POST /field/visits/<uuid:uid>/missing/                in_field   +---+-.....? +--......+.?
GET  /field/visits/<uuid:uid>/addendum/               late_visit +---+-.....? +--......+.?
POST /field/visits/<uuid:uid>/addendum/               late_visit +---+-.....? +--......+.?
POST /field/visits/<uuid:uid>/beside/                 late_visit +---+-.....? +--......+.?
GET  /field/photos/<uuid:uid>/                        late_photo ++++++.....? +++......+.?
POST /field/visits/<uuid:uid>/signature/              in_field   +---+-.....? +--......+.?
GET  /draws/                                          -          +++++++++++?
GET  /draws/how/                                      -          +++++++++++?
GET  /draws/verify_draw.py                            -          +++++++++++?
GET  /draws/new/                                      lead       +---+-+--+-? +---+-+--+-?
POST /draws/new/                                      lead       +---+------? +--------+-?
GET  /draws/new/inspectors/                           lead       +---+-+--+-? +---+-+--+-?
POST /draws/new/inspectors/                           lead       +---+------? +--------+-?
GET  /draws/<uuid:uid>/                               draw       ++++++.....? +++......+.?
GET  /draws/<uuid:uid>/proof.json                     draw       ++++++.....? +++......+.?
POST /draws/<uuid:uid>/sealed/                        drawn      ....+......? .........+.?
GET  /draws/<uuid:uid>/beacon/                        draw       ....+......? .........+.?
POST /draws/<uuid:uid>/beacon/                        draw       ....+......? .........+.?
GET  /draws/<uuid:uid>/inspection/                    drawn      ....+......? .........+.?
POST /draws/<uuid:uid>/inspection/                    drawn      ....+......? .........+.?
GET  /draws/<uuid:uid>/team/                          people     +---+-.....? +--......+.?
POST /draws/<uuid:uid>/team/                          people     +---+-.....? +--......+.?
GET  /draws/<uuid:uid>/revelation/                    drawn      ....+......? .........+.?
POST /draws/<uuid:uid>/revelation/                    drawn      ....+......? .........+.?
GET  /draws/<uuid:uid>/abandonment/                   draw       +---+-.....? +--......+.?
POST /draws/<uuid:uid>/abandonment/                   draw       +---+-.....? +--......+.?
GET  /                                                -          +++++++++++?
GET  /figures/                                        scope      ++++++--+-+? +++-----+++?
GET  /figures/print/                                  scope      ++++++-----? +++------+-?
GET  /figures/scopes/                                 -          +++++++++++?
GET  /figures/accountability/                         scope      ++++++-----? +++------+-?
GET  /figures/definitions/                            -          +++++++++++?
GET  /figures/par/                                    scope      ++++++--+-+? +++-----+++?
GET  /figures/par.<str:form>                          scope      ++++++-----? +++------+-?
GET  /figures/par/evidence.zip                        scope      ++++++-----? +++------+-?
GET  /figures/par/rules/                              -          +++++++++++?
GET  /figures/par/rules/<slug:criterion>/             -          +----------?
POST /figures/par/rules/<slug:criterion>/             -          +----------?
GET  /figures/summary/                                scope      ++++++--+-+? +++-----+++?
GET  /figures/summary.<str:form>                      scope      ++++++-----? +++------+-?
GET  /figures/ranking/                                scope      ++++++-----? +++------+-?
GET  /figures/ranking.<str:form>                      scope      ++++++-----? +++------+-?
GET  /figures/ranking/rules/                          -          +----------?
POST /figures/ranking/rules/                          -          +----------?
GET  /figures/<slug:name>/list/                       scope      ++++++-----? +++------+-?
GET  /tour/                                           -          ...........?
POST /tour/start/                                     -          ...........?
POST /tour/forget/                                    -          +++++++++++?
GET  /api/v1/declared                                 -          +++++++++++?
GET  /api/v1/declared/<uid>                           gathering  ++++++.....? +++......+.?
GET  /api/v1/declared/<uid>/comparison                gathering  ++++++.....? +++......+.?
GET  /declared/                                       -          +++++++++++?
GET  /declared/new/                                   -          +----------?
POST /declared/new/                                   gathering  +----------? +----------?
GET  /declared/<uuid:uid>/                            gathering  ++++++.....? +++......+.?
POST /declared/<uuid:uid>/                            gathering  +-----.....? +--......-.?
POST /declared/<uuid:uid>/reading/                    gathering  +-----.....? +--......-.?
POST /declared/<uuid:uid>/confirmation/               gathering  +-----.....? +--......-.?
GET  /declared/<uuid:uid>/comparison/                 gathering  ++++++.....? +++......+.?
GET  /declared/<uuid:uid>/comparison.<str:form>       gathering  ++++++.....? +++......+.?
GET  /declared/<uuid:uid>/comparison/<slug:agency>/   gathering  ++++++.....? +++......+.?
POST /declared/<uuid:uid>/comparison/<slug:agency>/   gathering  +-----.....? +--......-.?
GET  /declared/files/<uuid:uid>/                      sent       ++++++.....? +++......+.?
POST /declared/files/<uuid:uid>/                      sent       +-----.....? +--......-.?
POST /declared/files/<uuid:uid>/confirmation/         sent       +-----.....? +--......-.?
POST /declared/files/<uuid:uid>/removal/              sent       +-----.....? +--......-.?
POST /declared/files/<uuid:uid>/return/               set_aside  +-----.....? +--......-.?
GET  /declared/files/<uuid:uid>/marked.xlsx           holding    +++---.....? +++......-.?
GET  /declared/files/<uuid:uid>/original/             holding    +++---.....? +++......-.?
"""
