package io.acmpintune.model.device;

import org.jspecify.annotations.Nullable;

/** Graph's {@code configurationManagerClientEnabledFeatures}: what Configuration Manager manages on a co-managed PC. */
public record ConfigurationManagerFeatures(@Nullable Boolean inventory, @Nullable Boolean modernApps,
        @Nullable Boolean resourceAccess, @Nullable Boolean deviceConfiguration, @Nullable Boolean compliancePolicy,
        @Nullable Boolean windowsUpdateForBusiness) {}
