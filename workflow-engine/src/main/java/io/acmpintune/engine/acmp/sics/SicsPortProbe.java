package io.acmpintune.engine.acmp.sics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/** Probes SICS's port below HTTP: whether it is open, and whether a TLS handshake succeeds. */
public final class SicsPortProbe {

    private final SicsConnection connection;
    private final @Nullable SSLContext trust;

    SicsPortProbe(SicsConnection connection, @Nullable SSLContext trust) {
        this.connection = connection;
        this.trust = trust;
    }

    /** Connects and disconnects. */
    public Reach reach() {
        try (Socket socket = new Socket()) {
            connect(socket);
            return new Reach.Connected(socket.getRemoteSocketAddress().toString());
        } catch (IOException e) {
            return new Reach.Failed(ConnectionProblems.of(connection, e));
        }
    }

    /** Makes a TLS connection as calls do, and disconnects. Connecting and handshake take the connect timeout each, at most. */
    public Handshake handshake() {
        try (Socket socket = new Socket()) {
            connect(socket);
            return overTls(socket);
        } catch (IOException e) {
            return new Handshake.NotConnected(ConnectionProblems.of(connection, e));
        }
    }

    private void connect(Socket socket) throws IOException {
        int timeout = Math.toIntExact(connection.connectTimeout().toMillis());
        socket.connect(new InetSocketAddress(connection.url().getHost(), connection.port()), timeout);
        socket.setSoTimeout(timeout);
    }

    private Handshake overTls(Socket socket) {
        try {
            SSLContext context = trust == null ? SSLContext.getDefault() : trust;
            SSLSocket tls = (SSLSocket) context.getSocketFactory()
                    .createSocket(socket, connection.url().getHost(), connection.port(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return new Handshake.Completed(Arrays.stream(tls.getSession().getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList());
        } catch (IOException | GeneralSecurityException e) {
            return new Handshake.Failed(ConnectionProblems.ofTls(connection, e));
        }
    }

    /** Whether the port is open. */
    public sealed interface Reach {

        /** @param address host name and resolved address */
        record Connected(String address) implements Reach {}

        record Failed(ConnectionProblem problem) implements Reach {}
    }

    /** The outcome of a TLS handshake. */
    public sealed interface Handshake {

        /** @param chain the certificate chain as SICS sent it */
        record Completed(List<X509Certificate> chain) implements Handshake {}

        /** The port is open, but the handshake failed. */
        record Failed(ConnectionProblem problem) implements Handshake {}

        record NotConnected(ConnectionProblem problem) implements Handshake {}
    }
}
