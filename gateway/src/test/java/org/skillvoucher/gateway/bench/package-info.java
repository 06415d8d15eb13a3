@org.jspecify.annotations.NullMarked
package org.skillvoucher.gateway.bench;
