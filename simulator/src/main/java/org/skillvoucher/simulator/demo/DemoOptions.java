package org.skillvoucher.simulator.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The options of a demo run.
 *
 * @param once ends after the last check
 * @param keep runs on persistent data and the usual ports rather than on fresh data and free ports
 * @param receipts where to write the receipts and certificates
 * @param json where to write the numbers
 * @param gatewayCommand starts a gateway, one argument each
 * @param config the folder with samples and rule packs
 */
record DemoOptions(
    boolean once,
    boolean keep,
    Optional<Path> receipts,
    Optional<Path> json,
    List<String> gatewayCommand,
    Path config) {}
