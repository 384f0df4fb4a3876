package io.acmpintune.engine.acmp.sics;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Explains to operators why a connection to SICS failed. */
final class ConnectionProblems {

    private ConnectionProblems() {}

    static ConnectionProblem of(SicsConnection connection, Throwable failure) {
        List<Throwable> causes = causes(failure);
        String which = "acmp.sics.url " + connection.url();
        if (has(causes, SSLException.class)) {
            return tls(which, causes);
        }
        if (Thread.currentThread().isInterrupted() || has(causes, InterruptedException.class)) {
            return new ConnectionProblem(ConnectionProblem.Kind.CLOSED, which, "the call was interrupted",
                    "Nothing to do: this program is stopping");
        }
        if (has(causes, HttpConnectTimeoutException.class) || has(causes, SocketTimeoutException.class)) {
            return unreachable(which, "no connection within " + connection.connectTimeout().toMillis() + " ms",
                    "Check that host and port are right and that no firewall drops the connection");
        }
        if (has(causes, HttpTimeoutException.class)) {
            return unreachable(which, "no answer within " + connection.readTimeout().toMillis() + " ms",
                    "Check that SICS is not overloaded and that this port speaks " + connection.url().getScheme()
                            + ", or raise acmp.sics.read-timeout");
        }
        if (has(causes, UnresolvedAddressException.class) || has(causes, UnknownHostException.class)) {
            return unreachable(which, "the host name '" + connection.url().getHost() + "' is not known",
                    "Check its spelling and this machine's name resolution");
        }
        if (has(causes, ConnectException.class)) {
            return unreachable(which, "the connection was refused",
                    "Check that SICS is running and that host and port (usually 3900) are right");
        }
        Throwable last = causes.getLast();
        return unreachable(which, "the connection broke (" + last.getClass().getSimpleName()
                + (last.getMessage() == null ? "" : ": " + last.getMessage()) + ")",
                "Check SICS's log; the call is repeated");
    }

    /** Explains why the TLS handshake with a listening port failed. */
    static ConnectionProblem ofTls(SicsConnection connection, Throwable failure) {
        return tls("acmp.sics.url " + connection.url(), causes(failure));
    }

    private static ConnectionProblem tls(String which, List<Throwable> causes) {
        String detail = String.valueOf(causes.getLast().getMessage());
        if (has(causes, CertificateExpiredException.class)) {
            return tlsFailed(which, "SICS's certificate has expired (" + detail + ")", "Renew the certificate of SICS");
        }
        if (has(causes, CertPathBuilderException.class)) {
            return tlsFailed(which, "SICS's certificate is not signed by a trusted authority",
                    "Put the certificate of SICS or of its authority into a bundle below spring.ssl.bundle and name it in acmp.sics.ssl-bundle");
        }
        if (has(causes, CertificateException.class)) {
            return tlsFailed(which, "SICS's certificate was not accepted (" + detail + ")",
                    "Use the host name that is in the certificate, or request one for this name");
        }
        return tlsFailed(which, "no TLS connection was made (" + detail + ")",
                "Check that this port of SICS speaks https; if it speaks http only, see acmp.sics.allow-unencrypted");
    }

    private static ConnectionProblem unreachable(String which, String why, String remedy) {
        return new ConnectionProblem(ConnectionProblem.Kind.UNREACHABLE, which, why, remedy);
    }

    private static ConnectionProblem tlsFailed(String which, String why, String remedy) {
        return new ConnectionProblem(ConnectionProblem.Kind.TLS_FAILED, which, why, remedy);
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
