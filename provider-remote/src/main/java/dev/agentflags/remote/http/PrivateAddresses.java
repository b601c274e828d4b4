package dev.agentflags.remote.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/** Refuses to connect to addresses that are not public: a configuration that somebody else writes must not reach what is inside. */
final class PrivateAddresses implements Dns {

    /** A name that stands for an address that is not public. */
    static final class RefusedException extends UnknownHostException {

        private static final long serialVersionUID = 1;

        RefusedException(String host) {
            super(host + " is not a public address, and others are refused");
        }
    }

    private final Dns dns;

    PrivateAddresses(Dns dns) {
        this.dns = dns;
    }

    /** All of a name's addresses must be public: which of them is used is not known here. */
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = dns.lookup(host);
        for (InetAddress address : addresses) {
            if (isPrivate(address)) {
                throw new RefusedException(host);
            }
        }
        return addresses;
    }

    /** Whether an address is one that only means something in here: this machine, its network, or its cloud's metadata. */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            return isReserved6(address, bytes);
        }
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || isReserved4(bytes[0] & 0xFF, bytes[1] & 0xFF, bytes[2] & 0xFF);
    }

    private static boolean isReserved4(int first, int second, int third) {
        return first == 0 // this network
                || (first == 100 && (second & 0xC0) == 64) // shared by a provider's customers; metadata of some clouds
                || (first == 192 && second == 0 && third == 0) // protocol assignments; metadata of some clouds
                || (first == 198 && (second & 0xFE) == 18) // benchmarks
                || first >= 240; // reserved, and broadcast
    }

    private static boolean isReserved6(InetAddress address, byte[] bytes) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || (bytes[0] & 0xFE) == 0xFC // unique local; metadata of some clouds
                || holdsPrivate4(bytes);
    }

    /** IPv4 inside IPv6: compatible, translated (64:ff9b::/96), 6to4. Java itself takes mapped ones for IPv4. */
    private static boolean holdsPrivate4(byte[] bytes) {
        boolean zeros = true;
        for (int i = 4; i < 12; i++) {
            zeros &= bytes[i] == 0;
        }
        boolean translated =
                zeros && bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0x9B;
        boolean compatible = zeros && bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0;
        if (translated || compatible) {
            return isPrivate4(bytes, 12);
        }
        return bytes[0] == 0x20 && bytes[1] == 0x02 && isPrivate4(bytes, 2);
    }

    private static boolean isPrivate4(byte[] bytes, int from) {
        try {
            return isPrivate(InetAddress.getByAddress(
                    new byte[] {bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]}));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
