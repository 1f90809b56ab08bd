// Loaded into the web server before Next: ends it when the launcher is gone, however that ended. The launcher holds the
// other end of standard input; when the launcher dies, even by kill -9, the system closes it.
if (process.env.COUNTERVAIL_FOLLOW === "1") {
  // Processes that Next starts have another standard input and must not follow it.
  delete process.env.COUNTERVAIL_FOLLOW;
  process.stdin.on("end", () => process.exit(0));
  process.stdin.on("error", () => process.exit(0));
  process.stdin.resume();
}
