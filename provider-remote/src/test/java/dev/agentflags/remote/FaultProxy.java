package dev.agentflags.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stands between a client and a server, and does to what passes whatever a network may do. */
public final class FaultProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.PASS;
    private volatile UnaryOperator<byte[]> change = bytes -> bytes;

    /** What becomes of what is sent. */
    public enum Mode {
        /** It arrives. */
        PASS,
        /** It is lost, and nobody is told. */
        BLACK_HOLE,
        /** New connections are reset at once. */
        RESET
    }

    public FaultProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "MockWebServer-fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/";
    }

    public void set(Mode mode) {
        this.mode = mode;
    }

    /** Changes every piece that the server sends like this. */
    public void change(UnaryOperator<byte[]> change) {
        this.change = change;
    }

    /** Resets every connection that there is. */
    public void resetAll() {
        sockets.forEach(FaultProxy::reset);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // then it is closed already
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (mode == Mode.RESET) {
                    reset(client);
                } else {
                    connect(client);
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        try {
            var server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            start(() -> pump(client, server, bytes -> bytes));
            start(() -> pump(server, client, bytes -> change.apply(bytes)));
        } catch (IOException e) {
            reset(client);
        }
    }

    private void pump(Socket from, Socket to, UnaryOperator<byte[]> changing) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int length = in.read(buffer);
            while (length >= 0) {
                if (mode != Mode.BLACK_HOLE) {
                    out.write(changing.apply(Arrays.copyOf(buffer, length)));
                    out.flush();
                }
                length = in.read(buffer);
            }
        } catch (IOException e) {
            reset(to);
        } finally {
            sockets.remove(from);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        resetAll();
    }
}
