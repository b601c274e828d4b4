package dev.agentflags.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "2130706433",
                "3232235777",
                "127.1",
                "::1",
                "::",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:a9fe:a9fe",
                "::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::",
                "2002:7f00:1::",
            })
    void are_those_that_only_mean_something_in_here(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "192.0.2.1",
                "198.20.0.1",
                "223.255.255.255",
                "2001:4860:4860::8888",
                "64:ff9b::808:808",
                "2002:808:808::",
                "::ffff:8.8.8.8",
                "64:ff9b:1::a9fe:a9fe",
            })
    void are_not_those_that_mean_the_same_everywhere(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void are_refused_whatever_name_stands_for_them() throws UnknownHostException {
        InetAddress open = InetAddress.getByName("8.8.8.8");
        InetAddress inside = InetAddress.getByName("169.254.169.254");
        Dns dns = host -> host.equals("mixed") ? List.of(open, inside) : List.of(open);
        var guarded = new PrivateAddresses(dns);

        assertThat(guarded.lookup("open")).containsExactly(open);
        assertThatThrownBy(() -> guarded.lookup("mixed"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("mixed is not a public address, and others are refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1",
                "https://2130706433",
                "https://10.0.0.1",
                "https://[::1]",
                "https://[::ffff:169.254.169.254]/latest/meta-data",
                "https://[fd00:ec2::254]",
            })
    void are_refused_in_a_url_at_once(String url) {
        assertThatThrownBy(() -> options(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("refusePrivateAddresses(true)");
    }

    @Test
    void are_not_refused_in_a_url_where_they_are_none() {
        assertThatCode(() -> options("https://flags.example.com")).doesNotThrowAnyException();
        assertThatCode(() -> options("https://8.8.8.8")).doesNotThrowAnyException();
    }

    private static HttpOptions options(String url) {
        return new HttpOptions(Address.of(url), null, false, true, false, null, null);
    }
}
