/** What people see on a terminal: chapters, tables, and what held or did not. */
@NullMarked
package org.skillvoucher.simulator.screen;

import org.jspecify.annotations.NullMarked;
