// The release that a page shows: what the page asks and leads to stays in it.

// Its name where the address of the page names one, else empty.
export const release = new URLSearchParams(location.search).get("release") ?? "";

// An address of this service at that release; any other one as it is.
export function at(address) {
  const found = new URL(address, location.href);
  if (!release || found.origin !== location.origin) return address;
  found.searchParams.set("release", release);
  return found.href;
}
