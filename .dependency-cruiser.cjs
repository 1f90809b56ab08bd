// The layers of ARCHITECTURE.md as rules: imports go down only. Test files may import what they like below or beside
// them, and are left out. `npm test` runs this through scripts/check-imports.ts, which also looks that enough modules
// were seen: a tool that reads nothing finds nothing.
const tests = "\\.test\\.tsx?$";
const layer = (name) => `^lib/${name}/`;
const ORDER = [
  "domain",
  "contracts",
  "secrets",
  "db",
  "storage",
  "mail",
  "signing",
  "signer",
  "keeper",
  "verifier",
  "render",
  "client",
  "data",
  "queue",
  "auth",
  "services",
  "jobs",
  "server",
];
const BELOW = {
  domain: [],
  contracts: ["domain"],
  secrets: ["domain", "contracts"],
  db: ["domain", "contracts"],
  storage: ["domain", "contracts"],
  mail: ["domain", "contracts"],
  signing: ["domain", "contracts"],
  signer: ["domain", "contracts", "db", "signing"],
  keeper: ["domain", "contracts", "db", "signing"],
  verifier: ["domain", "signing"],
  render: ["domain", "contracts"],
  client: ["domain", "contracts"],
  data: ["domain", "contracts", "secrets", "db", "storage"],
  queue: ["domain", "contracts", "db"],
  auth: ["domain", "contracts", "secrets", "db", "storage", "mail", "signing", "data", "queue"],
  services: ["domain", "contracts", "secrets", "db", "storage", "mail", "signing", "render", "data", "queue", "auth"],
  jobs: [
    "domain",
    "contracts",
    "secrets",
    "db",
    "storage",
    "mail",
    "signing",
    "render",
    "data",
    "queue",
    "auth",
    "services",
  ],
  server: [
    "domain",
    "contracts",
    "secrets",
    "db",
    "storage",
    "mail",
    "signing",
    "render",
    "data",
    "queue",
    "auth",
    "services",
  ],
};
const WHY = {
  domain: "The field's rules are pure: they know of nothing else, so that page, API, verifier and tests share them.",
  contracts: "What goes over the wire is said in the words of the domain, and form, handler and client share it.",
  secrets: "Keys and seals know no database, so that what is stored says nothing without them.",
  db: "The database's client knows rows and transactions, not what they are for.",
  storage: "The blob store keeps bytes and knows nothing of who may see them.",
  mail: "Letters are words and a connection to hand them over; who gets one is a use case's to say.",
  signing: "Whoever asks the signer knows how to ask, and nothing of keys or trees.",
  signer:
    "The signer is a process of its own: it trusts neither use cases nor repositories, and they do not hold its keys.",
  keeper:
    "The trail's keeper cuts and archives by a few functions of the database: it needs no use cases, and they do not archive.",
  verifier: "The verifier is handed to others: it knows rules and signatures, and nothing of a server.",
  render: "Renderers are pure: the same model gives the same bytes. No database, no session, no clock.",
  client: "The browser's client is made from the contracts and carries no server code into the page.",
  data: "Repositories work within a transaction that the authorisation opened; they decide nothing.",
  queue: "Enqueuing happens inside the caller's transaction and runs nothing.",
  auth: "Authorisation reads facts through repositories; use cases stand above it.",
  services: "A use case knows no HTTP: page, API and jobs call the same one.",
  jobs: "A job is a caller of use cases like any other.",
  server: "The adapters of HTTP call use cases; routes stand above them.",
};

module.exports = {
  forbidden: [
    ...ORDER.map((name) => ({
      name: `${name}-only-downwards`,
      comment: WHY[name],
      severity: "error",
      from: { path: layer(name), pathNot: tests },
      to: {
        path: "^(lib|app|components|prisma|scripts|test|e2e|prove|bench)/",
        pathNot: [
          ...[name, ...BELOW[name]].map(layer),
          ...(["domain", "contracts", "client"].includes(name)
            ? []
            : ["^lib/(config|logger|clock|operator-error|durable)\\.ts$"]),
        ],
      },
    })),
    {
      name: "renderers-read-no-settings",
      comment: "A renderer that reads settings or the clock would not give the same bytes everywhere.",
      severity: "error",
      from: { path: layer("render"), pathNot: tests },
      to: { path: "^lib/(config|clock)\\.ts$" },
    },
    {
      name: "components-see-no-server",
      comment:
        "Pages hand components their data and components call the API: nothing of the server is bundled into the page.",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: { path: "^(lib|app|prisma|scripts)/", pathNot: ["domain", "contracts", "client"].map(layer) },
    },
    {
      name: "pages-go-through-services",
      comment: "A page or handler never reads tables by itself: without a grant no query.",
      severity: "error",
      from: { path: "^(app/|proxy\\.ts$)", pathNot: tests },
      to: { path: "^lib/(data|db|queue|jobs)/" },
    },
    {
      name: "domain-without-packages",
      comment:
        "The domain runs in the browser, in the verifier and in tests alike, and its rules are ours to answer for.",
      severity: "error",
      from: { path: layer("domain"), pathNot: tests },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown", "core"] },
    },
    {
      name: "no-node-in-contracts-and-client",
      comment: "Contracts and client run in the browser.",
      severity: "error",
      from: { path: "^(lib/(contracts|client)|components)/", pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "generated-client-in-data-only",
      comment: "Queries are written in repositories (and the database layer itself), never in use cases or pages.",
      severity: "error",
      from: { pathNot: ["^lib/(data|db)/", tests] },
      to: { path: "^(lib/db/generated/|node_modules/@prisma/)" },
    },
    {
      name: "next-auth-in-auth-only",
      comment: "next-auth only carries the sign-in; sessions are our own (docs/decisions).",
      severity: "error",
      from: { pathNot: "^lib/auth/" },
      to: { path: "^node_modules/next-auth/" },
    },
    {
      name: "tools-stay-outside",
      comment:
        "What ships does not import scripts, tests, proofs or seeds (the sign-in page's list of demo people apart).",
      severity: "error",
      from: { path: "^(lib|app|components)/", pathNot: tests },
      to: { path: "^(scripts|test|e2e|prove|bench|prisma)/", pathNot: "^prisma/seed/demo-people\\.ts$" },
    },
    {
      name: "no-cycles",
      comment: "Modules that need each other are one module, or need a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      comment: "An import that cannot be found is a mistake, or a package that package.json does not name.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(server-only|client-only)$" },
    },
    {
      name: "no-development-packages-at-run-time",
      comment: "npm ci --omit=dev has to give a Countervail that starts.",
      severity: "error",
      from: {
        path: "^(lib|app|components|prisma/seed|scripts/(start|run|launcher))",
        pathNot: [tests, "-arbitrary\\.ts$"],
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm", "type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "lib/db/generated"] },
    exclude: { path: ["\\.next", "\\.(css|svg|woff2?|json)$"] },
    parser: "swc",
    tsPreCompilationDeps: true,
  },
};
