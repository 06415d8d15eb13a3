@NullMarked
package org.skillvoucher.gateway.entity;

import org.jspecify.annotations.NullMarked;
