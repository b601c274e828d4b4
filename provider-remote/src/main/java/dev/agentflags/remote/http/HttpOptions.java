package dev.agentflags.remote.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached. Immutable.
 *
 * @param address of the document
 * @param token to prove who asks, or null
 * @param allowInsecureHttp whether everything may be sent without encryption to another machine
 * @param refusePrivateAddresses whether the server must have a public address
 * @param followRedirects whether to go where the server sends, within the same origin
 * @param certificateAuthority a PEM file with the certificates to trust instead of Java's, or null
 * @param proxy to go through, or null for what Java's system properties say
 */
public record HttpOptions(
        Address address,
        @Nullable Token token,
        boolean allowInsecureHttp,
        boolean refusePrivateAddresses,
        boolean followRedirects,
        @Nullable Path certificateAuthority,
        @Nullable InetSocketAddress proxy) {

    /** What Java and OkHttp take for an address rather than a name. */
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[\\d.]+");

    /**
     * Checks what can be checked without asking anyone.
     *
     * @throws IllegalArgumentException if the options contradict each other
     */
    public HttpOptions {
        if (!allowInsecureHttp && address.isReadableOnTheWay()) {
            throw new IllegalArgumentException(
                    "url: expected https for another machine than this one, found http; allowInsecureHttp(true) permits it");
        }
        if (refusePrivateAddresses && isPrivateLiteral(address.document().getHost())) {
            throw new IllegalArgumentException(
                    "url: expected a public address, since refusePrivateAddresses(true) is set, found another");
        }
    }

    private static boolean isPrivateLiteral(String host) {
        try {
            return LITERAL.matcher(host).matches() && PrivateAddresses.isPrivate(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false; // then it is no address, and will not be connected to
        }
    }
}
