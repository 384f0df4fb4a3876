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
 * Stands between the clients and the JDK's server, which lets nobody at its sockets: so a connection can be reset, and a
 * client that died is noticed while its request is still being worked on.
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
     * Listens.
     *
     * @param serverPort where the server listens on the loopback address
     * @param gone       is told of a client that has gone, by the port by which the server knows it
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
            // Both are closed then.
        } finally {
            clients.remove(port);
            gone.accept(port);
        }
    }

    private static void answer(Socket server, Socket client) {
        try (client) {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException eitherSideIsGone) {
            // The other direction ends by it, too.
        }
    }
}
