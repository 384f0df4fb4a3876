package io.acmpintune.engine.mapping;

import io.acmpintune.engine.acmp.IcqlRecord;

/**
 * What ACMP should know of one device.
 *
 * @param client the fields of {@code SaveClients}
 * @param mobileDevice the fields of {@code SaveMobileDevices}
 */
public record MappedClient(IcqlRecord client, IcqlRecord mobileDevice) {}
