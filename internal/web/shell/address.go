package shell

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"
)

// longestPart bounds a part of an address, in characters: no code, id or
// sign-in name is longer. It keeps a page from repeating a stranger's essay.
const longestPart = 64

// tooLong tells whether a part of a path is longer than any of ours.
func tooLong(path string) bool {
	for part := range strings.SplitSeq(path, "/") {
		if utf8.RuneCountInString(part) > longestPart {
			return true
		}
	}
	return false
}

// Address is where the request comes from, without the port. Behind trusted
// proxies it is the last address of X-Forwarded-For that is not a trusted
// proxy's: what stands before it is whatever the sender wrote.
func (r *Request) Address() string { return AddressOf(r.Request, r.proxies) }

// AddressOf is where a request comes from, given the trusted proxies.
func AddressOf(r *http.Request, proxies []netip.Prefix) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return behind(host, r.Header.Values("X-Forwarded-For"), proxies)
}

// behind walks the hops from the nearest to the farthest. It stops at the
// first that is not trusted, or before one that is no address.
func behind(nearest string, forwarded []string, proxies []netip.Prefix) string {
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !trusted(nearest, proxies) {
			break
		}
		address, ok := hopAddress(strings.TrimSpace(hop))
		if !ok {
			break
		}
		nearest = address
	}
	return nearest
}

// hopAddress reads one hop: an address, for some proxies with a port.
func hopAddress(hop string) (string, bool) {
	if host, _, err := net.SplitHostPort(hop); err == nil {
		hop = host
	}
	address, err := netip.ParseAddr(strings.Trim(hop, "[]"))
	if err != nil {
		return "", false
	}
	return address.Unmap().WithZone("").String(), true
}

func trusted(address string, proxies []netip.Prefix) bool {
	if len(proxies) == 0 {
		return false
	}
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	ip = ip.Unmap().WithZone("")
	return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}
