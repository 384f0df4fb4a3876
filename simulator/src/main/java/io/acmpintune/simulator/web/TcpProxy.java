package io.acmpintune.simulator.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/**
 * Forwards connections to the JDK's server, whose sockets are not accessible. This allows resetting a connection, and
 * detecting a disconnected client while its request is handled.
 */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket front;
    private final int serverPort;
    private final IntConsumer gone;
    private final Map<Integer, Socket> clients = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TcpProxy(ServerSocket front, int serverPort, IntConsumer gone) {
        this.front = front;
        this.serverPort = serverPort;
        this.gone = gone;
    }

    /**
     * Starts listening.
     *
     * @param serverPort port of the server on the loopback address
     * @param gone receives the port, as the server sees it, of each client that has disconnected
     */
    static TcpProxy open(InetSocketAddress address, int serverPort, IntConsumer gone) throws IOException {
        var front = new ServerSocket(address.getPort(), 500, address.getAddress());
        var relay = new TcpProxy(front, serverPort, gone);
        relay.threads.execute(relay::accept);
        return relay;
    }

    int port() {
        return front.getLocalPort();
    }

    /** Ends the connection with a reset instead of an orderly close. */
    void reset(int port) throws IOException {
        Socket client = clients.get(port);
        if (client != null) {
            client.setSoLinger(true, 0);
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        for (Socket client : clients.values()) {
            client.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = front.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // The end of the simulator.
        }
    }

    private void serve(Socket client) {
        int port = -1;
        try (client; Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            port = server.getLocalPort();
            clients.put(port, client);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            threads.execute(() -> answer(server, client));
            client.getInputStream().transferTo(server.getOutputStream());
        } catch (IOException eitherSideIsGone) {
            // Both connections are closed.
        } finally {
            clients.remove(port);
            gone.accept(port);
        }
    }

    private static void answer(Socket server, Socket client) {
        try (client) {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException eitherSideIsGone) {
            // This ends the other direction as well.
        }
    }
}
