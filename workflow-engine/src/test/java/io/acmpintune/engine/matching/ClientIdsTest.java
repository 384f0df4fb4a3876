package io.acmpintune.engine.matching;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.acmpintune.model.device.DeviceId;

import static org.assertj.core.api.Assertions.assertThat;

class ClientIdsTest {

    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    private static final UUID TENANT = UUID.fromString("11111111-2222-4333-8444-555555555555");

    /** RFC 9562, appendix A.4. */
    @Test
    void theStandardsOwnExampleComesOut() {
        assertThat(ClientIds.derive(DNS, new DeviceId("www.example.com")))
                .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    @Test
    void aDeviceOfATenantIsTheSameClientForEver() {
        assertThat(ClientIds.derive(TENANT, new DeviceId("6f0c9a52-6c1e-4f0e-9f0d-0c6d7c1b2a01")))
                .hasToString("f7caa7fe-5768-5a44-974b-6cf50637b1cf");
    }

    @Test
    void theSameDeviceInAnotherTenantIsAnotherClient() {
        DeviceId device = new DeviceId("6f0c9a52-6c1e-4f0e-9f0d-0c6d7c1b2a01");

        assertThat(ClientIds.derive(DNS, device)).isNotEqualTo(ClientIds.derive(TENANT, device));
    }

    @Test
    void everyIdIsANameBasedUuid() {
        var ids = IntStream.range(0, 1_000)
                .mapToObj(i -> ClientIds.derive(TENANT, new DeviceId("device-" + i)))
                .collect(Collectors.toSet());

        assertThat(ids).hasSize(1_000).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(5);
            assertThat(id.variant()).isEqualTo(2);
        });
    }
}
