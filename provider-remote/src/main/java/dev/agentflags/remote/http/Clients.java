package dev.agentflags.remote.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Makes OkHttp's client: one connection a request at a time, no thread of its own, no redirection. */
final class Clients {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private Clients() {}

    /**
     * Returns a client.
     *
     * @throws IllegalArgumentException if the certificates cannot be read
     */
    static OkHttpClient of(HttpOptions options) {
        var builder = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1)) // a second version would need a thread for each connection
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(false)
                .followSslRedirects(false);
        if (options.refusePrivateAddresses()) {
            builder.dns(new PrivateAddresses(Dns.SYSTEM));
        }
        if (options.proxy() != null) {
            builder.proxy(new Proxy(Proxy.Type.HTTP, options.proxy()));
        }
        if (options.certificateAuthority() != null) {
            trust(options.certificateAuthority(), builder);
        }
        return builder.build();
    }

    private static void trust(Path certificates, OkHttpClient.Builder builder) {
        try {
            X509TrustManager trust = trust(read(certificates));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            builder.sslSocketFactory(context.getSocketFactory(), trust);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "certificateAuthority: " + certificates + ": expected certificates (PEM), found " + e, e);
        }
    }

    private static Collection<? extends Certificate> read(Path certificates)
            throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(certificates)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw new IOException("none");
            }
            return found;
        }
    }

    private static X509TrustManager trust(Collection<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trust) {
                return trust;
            }
        }
        throw new GeneralSecurityException("no trust manager for certificates");
    }
}
