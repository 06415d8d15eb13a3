package org.skillvoucher.simulator.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the demo was asked for.
 *
 * @param once ends after the story
 * @param keep plays on kept data and the usual ports rather than on fresh data and free ports
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
