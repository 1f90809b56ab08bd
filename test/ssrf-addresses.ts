/** Sixty ways to write an address of this computer or of its network, and other things that no link may ask for. */
export function ssrfAddresses(port: number): readonly string[] {
  const at = (host: string, scheme = "http") => `${scheme}://${host}:${port}/`;
  const hosts = [
    // Loopback, in every notation that an address has.
    ...["127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0.0.1"],
    ...["0177.0.0.1", "0177.1", "017700000001", "0x7f.0x0.0x0.0x1", "127.0.0.1.", "①②⑦.⓪.⓪.①", "127。0。0。1"],
    ...["0.0.0.0", "0", "0x0", "localhost", "LOCALHOST", "localhost.", "a.localhost"],
    ...["[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[0000::0001]"],
    // IPv4 within IPv6.
    ...["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]"],
    ...["[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:7f00:1::1]"],
    ...["[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[2001:0:7f00:1::]"],
    // Private networks, the cloud's metadata, and what is nobody's.
    ...["10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.100.100.200", "100.64.0.1", "198.18.0.1"],
    ...["192.0.2.1", "224.0.0.1", "255.255.255.255", "[fd00:ec2::254]", "[fe80::1]", "[fc00::1]", "[ff02::1]"],
    ...["2852039166", "0xa9fea9fe"],
  ];
  return [
    ...hosts.map((host) => at(host)),
    at("127.0.0.1", "https"),
    `http://user:password@127.0.0.1:${port}/`,
    `http://example.com@127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}#@example.com/`,
    `http://127.0.0.1:${port}\\@example.com/`,
    ...["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:80/", "data:text/plain,x", "javascript:alert(1)"],
    ...["http://127.0.0.1:22/", "http://127.0.0.1:5432/", "http://[::1]:6379/"],
  ];
}
