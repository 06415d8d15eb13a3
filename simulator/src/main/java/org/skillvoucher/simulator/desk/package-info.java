/** Where classes are filed and opened, for people who do not exist. */
@NullMarked
package org.skillvoucher.simulator.desk;

import org.jspecify.annotations.NullMarked;
