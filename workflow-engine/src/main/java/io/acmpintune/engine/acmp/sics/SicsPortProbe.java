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

/** Looks at SICS's port below HTTP: whether anybody is there, and whether a TLS connection comes about. */
public final class SicsPortProbe {

    private final SicsConnection connection;
    private final @Nullable SSLContext trust;

    SicsPortProbe(SicsConnection connection, @Nullable SSLContext trust) {
        this.connection = connection;
        this.trust = trust;
    }

    /** Connects and hangs up. */
    public Reach reach() {
        try (Socket socket = new Socket()) {
            connect(socket);
            return new Reach.Connected(socket.getRemoteSocketAddress().toString());
        } catch (IOException e) {
            return new Reach.Failed(ConnectionProblems.of(connection, e));
        }
    }

    /** Makes a TLS connection as a call would, and hangs up. Each of its two waits lasts the connect timeout at most. */
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

    /** Whether anybody listens. */
    public sealed interface Reach {

        /** @param address the name and the address that it stands for */
        record Connected(String address) implements Reach {}

        record Failed(ConnectionProblem problem) implements Reach {}
    }

    /** What a TLS connection came to. */
    public sealed interface Handshake {

        /** @param chain SICS's certificate and those above it, as SICS sent them */
        record Completed(List<X509Certificate> chain) implements Handshake {}

        /** Somebody listens, but no TLS connection came about. */
        record Failed(ConnectionProblem problem) implements Handshake {}

        record NotConnected(ConnectionProblem problem) implements Handshake {}
    }
}
