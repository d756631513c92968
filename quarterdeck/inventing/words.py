"""How are invented companies, contacts and next steps called? No word here is anybody's name."""

from __future__ import annotations

FRONTS = (
    "Lark", "Osprey", "Camas", "Kestrel", "Larch", "Quill", "Heron", "Bracken", "Thistle", "Plover",
    "Marten", "Sorrel", "Yarrow", "Vetch", "Grouse", "Teal", "Basalt", "Flint", "Rush", "Wicker",
    "Tansy", "Burdock", "Sedge", "Curlew", "Dipper", "Grebe", "Lupin", "Mallow", "Pipit", "Siskin",
    "Tern", "Umber", "Vireo", "Wigeon", "Yew", "Bittern",
)  # fmt: skip
BACKS = (
    "mere", "fell", "holt", "combe", "stead", "garth", "thwaite", "wold", "haven", "leigh",
    "croft", "barrow",
)  # fmt: skip
SECTORS = (
    ("Health", "Healthcare"), ("Foods", "Food processing"), ("Mutual", "Finance"),
    ("Academy", "Education"), ("Timber", "Forest products"), ("Logistics", "Transport"),
    ("Power", "Energy"), ("Clinics", "Healthcare"), ("Packing", "Food processing"),
    ("Transit", "Transport"), ("Polytechnic", "Education"), ("Instruments", "Manufacturing"),
    ("Orchards", "Agriculture"), ("Foundry", "Manufacturing"), ("Hotels", "Hospitality"),
)  # fmt: skip
STREETS = ("Orchard", "Depot", "Mill", "River", "Granary", "Union", "Third", "Railroad")
FIRST_NAMES = (
    "Ada", "Bram", "Cleo", "Dov", "Edda", "Femi", "Gwen", "Hana", "Ivo", "Jonas", "Kaya", "Lena",
    "Milo", "Nell", "Orla", "Pavel", "Quinn", "Rhea", "Sten", "Tamsin", "Ugo", "Vida", "Wim",
    "Zora",
)  # fmt: skip
LAST_NAMES = (
    "Abbot", "Birk", "Coyle", "Drummond", "Esker", "Fenwick", "Garrick", "Hale", "Iverson", "Jarl",
    "Kerrigan", "Lomax", "Marsh", "Norling", "Oakes", "Penrose", "Rusk", "Sayer", "Thorne", "Vance",
    "Wolde", "Yarrow",
)  # fmt: skip
ROLES = ("IT director", "CFO", "Network manager", "COO", "Purchasing", "Security lead")
INFLUENCES = ("Decides", "Recommends", "Uses", "Blocks")
PRODUCTS = (
    # product, line, recurring, list price a month or once
    ("Cloud compute", "Cloud", True, 1800), ("Cloud backup", "Cloud", True, 600),
    ("Private cloud", "Cloud", True, 4200), ("Colocation", "Hosting", True, 1500),
    ("Private racks", "Hosting", True, 2600), ("Managed firewall", "Managed services", True, 900),
    ("Managed network", "Managed services", True, 1700),
    ("Migration project", "Managed services", False, 45000),
    ("Ethernet transport", "Data", True, 1100), ("Wavelength", "Data", True, 3800),
    ("Dedicated internet", "IP", True, 850), ("Voice trunks", "IP", True, 400),
)  # fmt: skip
CHANNELS = ("Direct", "Agent", "Reseller", "Wholesale")
CHANNEL_WEIGHTS = (58, 22, 12, 8)
PARTNERS = {
    "Agent": ("Teasel Advisors", "Rookhaven Brokers", "Fourmile Agency"),
    "Reseller": ("Hollin Systems", "Cairnwick IT"),
    "Wholesale": ("Longmarsh Carrier Services",),
}
SOURCES = ("Existing customer", "Referral", "Partner", "Event", "Website", "Cold call")
SOURCE_WEIGHTS = (34, 18, 17, 12, 10, 9)
LOSS_REASONS = (
    "Price",
    "No decision",
    "Competitor",
    "Stayed as is",
    "Budget cut",
    "Timing",
    "Coverage",
)
LOSS_WEIGHTS = (27, 24, 18, 11, 9, 7, 4)
NEXT_STEPS = {
    "Qualify": ("First call with IT", "Confirm the budget holder", "Find the renewal date"),
    "Discover": ("Site visit", "Collect circuit inventory", "Workshop with the network team"),
    "Propose": ("Present the proposal", "Reference visit", "Revise the price"),
    "Negotiate": ("Legal review", "Meet the CFO", "Agree on term and install date"),
    "Contract": ("Signature", "Countersign", "Order entry"),
}
ACTIVITIES = (
    # kind, weight, outcomes, subjects, is on site
    (
        "Call",
        36,
        ("Reached", "Reached", "No answer", "Left a message"),
        ("Follow-up", "First call", "Renewal"),
        False,
    ),
    (
        "Email",
        24,
        ("Sent", "Answered"),
        ("Proposal sent", "Questions on the offer", "Invitation"),
        False,
    ),
    (
        "Meeting",
        18,
        ("Held", "Held", "Held", "Cancelled"),
        ("Discovery", "Proposal review", "Account review"),
        True,
    ),
    ("Demo", 6, ("Held", "Postponed"), ("Cloud portal", "Failover test"), False),
    ("Site visit", 8, ("Held", "Held", "Cancelled"), ("Site survey", "Data centre tour"), True),
    ("Proposal", 5, ("Sent",), ("Offer", "Second offer"), False),
    ("Executive contact", 3, ("Held",), ("Lunch", "Account review"), False),
)
