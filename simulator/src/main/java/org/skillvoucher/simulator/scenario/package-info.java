/**
 * Scenarios: a seeded world of sites, devices, classes and people, played against a gateway, and
 * the truth with which its sheets, receipts and books are compared.
 */
@NullMarked
package org.skillvoucher.simulator.scenario;

import org.jspecify.annotations.NullMarked;
