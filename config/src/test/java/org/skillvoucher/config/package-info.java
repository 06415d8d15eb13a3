@NullMarked
package org.skillvoucher.config;

import org.jspecify.annotations.NullMarked;
