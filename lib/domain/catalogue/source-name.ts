/** A source's address in few words: its host, and the last part of its path without an ending. */
export function sourceName(address: string): string {
  if (!URL.canParse(address)) return address;
  const { hostname, pathname } = new URL(address);
  const last = pathname.split("/").findLast((part) => part !== "") ?? "";
  const page = last.replace(/\.(html?|md)$/, "").slice(0, 60);
  const host = hostname.replace(/^www\./, "");
  return page === "" ? host : `${host} · ${page}`;
}
