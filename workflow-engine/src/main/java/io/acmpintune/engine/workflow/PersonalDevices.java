package io.acmpintune.engine.workflow;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code acmp.workflows.<name>.personal-devices.*}: which personal data ACMP is told of personally owned devices.
 *
 * @param userName whether it is told who the user is
 * @param mail whether it is told the user's mail address
 * @param phoneNumber whether it is told the device's phone number
 */
public record PersonalDevices(@DefaultValue("false") boolean userName, @DefaultValue("false") boolean mail,
        @DefaultValue("false") boolean phoneNumber) {}
