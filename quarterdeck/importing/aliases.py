"""Under which headers do CRMs and people export each field?"""

from __future__ import annotations

# Aliases of one field stand in the order of trust: the earlier wins when a file has both.
# Case, spaces, underscores, punctuation and camelCase do not count.
ALIASES: dict[str, dict[str, str]] = {
    "deal": {
        "deal_id": "deal id | opportunity id | opp id | do not modify opportunity"
        " | opportunity number | deal number"
        " | record id | id | external id",
        "deal_name": "deal name | opportunity name | opp name | deal | topic | deal title"
        " | opportunity title | potential name | opportunity | title | name | project"
        " | project name",
        "account": "account | account name | company | company name | customer | customer name"
        " | client | client name | organization | organisation | organization name"
        " | potential customer | account name account name | account account name"
        " | associated company | primary associated company"
        " | primary company | associated company names | prospect",
        "account_id": "account id | company id | customer id | client id | organization id"
        " | account name id | associated company id | associated company ids | associatedcompanyid",
        "owner": "owner | deal owner | opportunity owner | owner name | sales agent | sales rep"
        " | rep name | sales rep name | salesperson | sales person | account executive"
        " | sales executive | executive | seller | account manager | opportunity owner name"
        " | owner full name | assigned to | rep | representative | ae | sales owner"
        " | opportunity owner full name | assigned user name | assigned user"
        " | opportunity owner alias | responsible",
        "owner_id": "owner id | hubspot owner id | rep id | sales rep id | salesperson id | user id"
        " | owner user id | opportunity owner id | deal owner id | seller id | employee id",
        "owner_email": "owner email | deal owner email | opportunity owner email | rep email"
        " | sales rep email | owner e-mail | owner email address | salesperson email",
        "stage": "stage | deal stage | stage name | opportunity stage | sales stage"
        " | pipeline stage | dealstage | deal pipeline stage id | deal stage name | phase"
        " | sales stage name | pipeline phase | stage id",
        "status": "status | deal status | opportunity status | opportunity result | result"
        " | outcome | deal outcome | status label | won lost | win loss"
        " | status reason | status code",
        "pipeline": "pipeline | pipeline name | deal pipeline | sales pipeline | deal pipeline id"
        " | sales process | record type | pipeline id",
        "amount": "amount | deal amount | deal value | opportunity amount | close value | value"
        " | deal size | est revenue | estimated revenue | estimated value | est value | tcv"
        " | total contract value | opportunity value | total amount | contract value | price"
        " | total value | total price | revenue | sales amount | booking amount | bookings | acv"
        " | annual contract value | arr | amount in company currency | amount converted"
        " | expected revenue | expected amount | potential amount | value of deal | sum",
        "amount_actual": "amount actual | actual amount | actual revenue | actual value"
        " | closed amount | final amount | amount won | won amount | actual deal value"
        " | closed value | hs closed amount",
        "currency": "currency | currency code | deal currency | amount currency"
        " | currency iso code | currency of value | opportunity currency | deal currency code",
        "mrr": "mrr | monthly recurring revenue | monthly recurring | monthly revenue"
        " | monthly amount | hs mrr | monthly charge | monthly recurring charge | mrc",
        "nrc": "nrc | non recurring | non recurring charge | non recurring revenue | one time"
        " | one time charge | one time fee | setup fee | installation fee | one time revenue"
        " | non recurring rate | nonrecurring charges",
        "term_months": "term months | term in months | term | contract term | contract length"
        " | contract term months | contract length months | term length | duration months",
        "close_on": "close on | close date | expected close date | est close date | closing date"
        " | estimated close date | expected close | expected closing | expected closing date"
        " | forecast close date | target close date | expected close on | close | due date"
        " | closedate | anticipated close date | planned close date | projected close date",
        "closed_on": "closed on | actual close date | date closed | closed date | deal closed on"
        " | actual close | actual closing date | won date | won time | closed at | won on"
        " | date won | actual close on | actual closed date | signed date | won lost date",
        "created_on": "created on | created date | create date | created | created at"
        " | created time"
        " | date created | createdate | creation date | deal created | engage date | opened on"
        " | open date | date opened | opportunity created date | add time | aql date"
        " | start date | entry date | deal creation date",
        "stage_entered_on": "stage entered on | stage entered date | last stage change date"
        " | last stage change | stage change date | date entered current stage"
        " | stage since | in stage since | last stage changed on | stage start date"
        " | date entered stage | stage last changed | last stage update",
        "is_won": "is won | won | closed won | is closed won | hs is closed won | won flag"
        " | is deal won",
        "is_closed": "is closed | closed | is deal closed | hs is closed | closed flag",
        "is_deleted": "is deleted | deleted | fivetran deleted | archived | is archived"
        " | deleted flag",
        "probability": "probability | probability percent | win probability | deal probability"
        " | likelihood | close probability | hs deal stage probability | confidence"
        " | win likelihood | opportunity close probability | chance | chance of winning",
        "forecast_category": "forecast category | forecast category name | forecast"
        " | manual forecast category | hs manual forecast category | forecast type",
        "product": "product | product name | item | solution | sku | service | product interest"
        " | products | product code | offering",
        "product_line": "product line | product family | product group | line of business"
        " | product category | business line | series | supplies group | practice",
        "channel": "channel | sales channel | route to market | route | channel type"
        " | distribution channel",
        "partner": "partner | partner name | partner account | reseller | channel partner"
        " | referral partner | partner company",
        "deal_type": "deal type | opportunity type | type | business type | new or existing"
        " | sale type",
        "lead_source": "lead source | source | original source | deal source | opportunity source"
        " | original source type | hs analytics source | origin | source channel"
        " | marketing source",
        "next_step": "next step | next steps | next action | hs next step | next activity",
        "loss_reason": "loss reason | lost reason | closed lost reason | reason lost"
        " | reason for loss | loss reason description | close reason | closed reason"
        " | reason won lost | win loss reason | lost because",
    },
    "account": {
        "account_id": "account id | company id | customer id | client id | organization id"
        " | record id | id | account number | customer number",
        "account": "account | account name | company name | company | customer name | customer"
        " | client name | client | organization | organization name | organisation | name",
        "parent": "parent | parent account | parent company | subsidiary of | parent account name"
        " | parent name | parent account id | parent id | parent company id | ultimate parent",
        "industry": "industry | sector | industry name | vertical | industry sector",
        "segment": "segment | account segment | tier | customer segment | market segment"
        " | account tier | size segment | account type | company size segment | type",
        "is_strategic": "is strategic | strategic | strategic account | key account"
        " | is key account | target account | is target account",
        "owner": "owner | account owner | owner name | account manager | account executive"
        " | company owner | sales rep | rep name | account owner name | salesperson | owner id"
        " | hubspot owner id | account owner id | rep id",
        "street": "street | billing street | street address | address | address line 1"
        " | billing address line 1 | address 1 | shipping street | mailing street",
        "city": "city | billing city | town | shipping city | mailing city",
        "state": "state | billing state | state province | billing state province | province"
        " | state region | shipping state | state code",
        "zip": "zip | billing postal code | postal code | zip code | billing zip"
        " | billing zip postal code | zip postal code | postcode | shipping postal code",
        "phone": "phone | phone number | telephone | main phone | company phone",
        "website": "website | domain | web site | company domain name | url | website url"
        " | company domain | web",
        "employees": "employees | employee count | number of employees | headcount"
        " | company size | no of employees | staff",
        "revenue": "revenue | annual revenue | yearly revenue | turnover | company revenue"
        " | annual turnover",
        "potential": "potential | account potential | revenue potential | white space"
        " | wallet | addressable spend",
        "module": "module | territory | account module | sales territory | territory name"
        " | book | patch",
    },
    "person": {
        "person_id": "person id | rep id | owner id | user id | employee id | sales rep id"
        " | salesperson id | hubspot owner id | record id | id",
        "name": "name | full name | rep name | sales agent | sales rep | sales rep name"
        " | owner | person | employee | employee name | user name | owner name | salesperson"
        " | account executive | executive | seller | sales executive | display name",
        "email": "email | e-mail | email address | work email | owner email | user email | mail",
        "role": "role | title | job title | position | user role | role name | job role",
        "manager": "manager | manager name | reports to | sales manager | supervisor | director"
        " | team lead | manager id | reports to name | line manager",
        "hired_on": "hired on | hire date | hired | start date | date hired | joined on"
        " | join date | date of hire | employment start",
        "left_on": "left on | leaving date | end date | termination date | leave date"
        " | last day | date left | employment end",
        "region": "region | regional office | office | sales region | location | territory",
        "base_zip": "base zip | home zip code | home zip | zip | zip code | postal code"
        " | home postal code",
    },
    "quota": {
        "person": "person | rep name | name | sales rep | sales agent | owner | executive"
        " | salesperson | account executive | employee | owner name | sales executive | seller",
        "person_id": "person id | rep id | owner id | user id | employee id | sales rep id"
        " | salesperson id | business entity id",
        "period": "period | month | quarter | fiscal quarter | quarter start | period start"
        " | quota date | year | fiscal year | fiscal period | start date | quota month"
        " | quota period | quarter start date",
        "product_line": "product line | product family | line | product group | division"
        " | line of business",
        "quota": "quota | quota usd | sales quota | quota amount | target | monthly quota"
        " | quarterly quota | annual quota | sales target | goal | target amount",
    },
    "product": {
        "product": "product | product name | name | item | item name | sku name | service name"
        " | offering | product title",
        "product_line": "product line | product family | family | series | line | category"
        " | product category | product group",
        "is_recurring": "is recurring | recurring | is subscription | subscription",
        "list_price": "list price | sales price | price | unit price | standard price | msrp",
    },
    "stage": {
        "stage": "stage | stage name | deal stage | master label | label | stage label"
        " | pipeline stage | name | sales stage",
        "pipeline": "pipeline | pipeline name | pipeline id | sales process | pipeline label",
        "position": "position | sort order | order | display order | stage order | sequence | step",
        "outcome": "outcome | result | stage outcome | stage type | closed or open | won lost",
        "forecast_category": "forecast category | forecast category name | default forecast"
        " category",
        "probability": "probability | default probability | likelihood | win probability",
    },
    "module": {
        "module": "module | module name | account module | territory | territory name"
        " | sales territory | account territory | book | book of business | patch",
        "account": "account | account name | company | company name | customer | customer name"
        " | account id | company id",
        "owner": "owner | module owner | territory owner | owner name | account owner"
        " | account executive"
        " | sales executive | executive | rep name | sales rep | salesperson | assigned to"
        " | owner email | owner id",
        "valid_from": "valid from | from | since | effective date | effective from | effective on"
        " | start date | assigned on | assignment date",
    },
    "service": {
        "service_id": "service id | circuit id | subscription id | asset id | service number"
        " | circuit | record id | id",
        "account": "account | account name | customer | customer name | company | company name"
        " | client | account id | customer id | company id",
        "product": "product | product name | service | service name | service type | offering"
        " | item",
        "mrr": "mrr | monthly recurring revenue | monthly recurring | monthly recurring charge"
        " | mrc | monthly charge | monthly revenue",
        "nrc": "nrc | non recurring charge | non recurring | one time charge | one time fee"
        " | setup fee | installation fee",
        "activated_on": "activated on | activation date | service start date | install date"
        " | installed on | installation date | billing start date | in service date"
        " | live date | go live date | start date | subscription start",
        "term_months": "term months | term in months | term | contract term | contract length"
        " | contract term months",
        "renewal_on": "renewal on | renewal date | contract end date | contract end"
        " | expiration date | expiry date | term end date | renews on | end of term",
        "disconnected_on": "disconnected on | disconnect date | disconnection date"
        " | cancelled on | cancellation date | cancel date | churn date | service end date"
        " | terminated on | end date | subscription end",
    },
    "contact": {
        "contact_id": "contact id | record id | id",
        "account": "account | account name | company | company name | associated company"
        " | customer | organization | organization name | account id | company id",
        "name": "name | contact | contact name | full name | person | last name",
        "role": "role | contact role | title | job title | position | job role",
        "email": "email | email address | e-mail | work email | contact email | mail",
        "influence": "influence | influence level | buying role | decision role | power"
        " | level of influence",
    },
    "activity": {
        "activity_id": "activity id | task id | event id | engagement id | record id | id",
        "kind": "kind | activity type | kind of activity | type of activity | task subtype"
        " | engagement type | event type | task type | call type | type",
        "person": "person | assigned to | owner | activity owner | rep name | sales rep | rep"
        " | account executive | executive | salesperson | owner name | assigned | who"
        " | created by | user | owner email | owner id | user id",
        "account": "account | account name | company | company name | customer | customer name"
        " | account id | company id",
        "deal": "deal | deal id | opportunity | opportunity id | deal name | opportunity name"
        " | what id | related to",
        "happened_at": "happened at | activity date | activity date time | happened on"
        " | occurred at | activity time | date time | call date | meeting date | timestamp"
        " | start | start time | start date time | due date | date | completed at"
        " | created date | created at",
        "outcome": "outcome | activity outcome | result | disposition | call disposition"
        " | call result | meeting outcome | status",
        "subject": "subject | activity subject | title | topic | summary | activity name",
        "place": "place | location | meeting location | site | where",
        "miles": "miles | distance | miles driven | mileage | travel miles",
    },
    "deal_credit": {
        "deal": "deal | deal id | opportunity id | opp id | opportunity | deal name"
        " | opportunity name | opp name",
        "person": "person | split owner | split owner name | split owner id | credited to"
        " | team member | owner | owner name | executive | sales executive | account executive"
        " | sales rep | rep name | rep | salesperson | employee | person id | owner id | user id"
        " | rep id | owner email | email",
        "share": "share | split percentage | split percent | split | split share | credit share"
        " | credit split | credit percentage | credit percent | share of credit | percentage"
        " | percent",
        "valid_from": "valid from | from | since | effective date | effective from | effective on"
        " | start date",
    },
    "stage_history": {
        "deal": "deal | deal id | opportunity id | opp id | case id | opportunity | deal name"
        " | opportunity name | opp name | record id | id",
        "happened_at": "happened at | changed at | changed on | change date | changed date"
        " | change time | entered at | entered on | entered date | date entered | stage entered at"
        " | stage entered on | stage entered date | date entered stage | stage start date"
        " | transition date | transitioned at | event time | event date | event timestamp"
        " | timestamp | edit date | edited at | fivetran start | valid from | effective from"
        " | date time | date | created date | created at | created on",
        "stage": "new stage | to stage | stage | stage name | deal stage | opportunity stage"
        " | sales stage | pipeline stage | new stage name | stage id | event"
        " | new status | status | new value | value",
        "amount": "amount | new amount | deal amount | opportunity amount | deal value"
        " | opportunity value | amount requested",
        "close_on": "close on | close date | closedate | new close date | expected close date"
        " | estimated close date | est close date | expected close | closing date",
        "owner": "owner | new owner | deal owner | opportunity owner | owner name | owner id"
        " | hubspot owner id | deal owner id | opportunity owner id | owner email",
    },
}
