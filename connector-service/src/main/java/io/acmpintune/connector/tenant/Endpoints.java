package io.acmpintune.connector.tenant;

import java.net.URI;

/**
 * Where a tenant's cloud is.
 *
 * @param login Entra, without the tenant and without a slash at the end
 * @param graph Microsoft Graph, without the version and without a slash at the end
 */
public record Endpoints(URI login, URI graph) {}
