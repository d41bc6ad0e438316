// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CheckoutHandler} from "../support/CheckoutHandler.sol";
import {vm} from "../support/Vm.sol";

contract CheckoutInvariants {
    CheckoutHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new CheckoutHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev One function, as each would have a run of its own.
    function invariant_everybody_has_what_terms_and_fee_rule_say_and_nothing_stays() public view {
        assertNothingStays();
        assertBalances();
        vm.assertEq(handler.attacksThatMovedMoney(), 0, "an attack moved money");
    }

    function assertNothingStays() private view {
        for (uint256 t = 0; t < 4; t++) {
            uint256 left = handler.balanceOf(handler.tokens(t), address(handler.checkout()));
            vm.assertEq(left, 0, "the contract holds a balance");
        }
    }

    function assertBalances() private view {
        for (uint256 t = 0; t < 4; t++) {
            address token = handler.tokens(t);
            for (uint256 i = 0; i < handler.ACTORS(); i++) {
                address account = handler.actor(i);
                vm.assertEq(handler.balanceOf(token, account), handler.ledger(token, account), "balance and ledger");
            }
        }
    }

    /// @dev The invariants would hold for a handler that does nothing, too.
    function test_the_handler_pays_in_every_way_and_attacks() public {
        CheckoutHandler.Draw memory draw = CheckoutHandler.Draw({
            payer: 1, merchant: 2, token: 0, amount: 25e6 + 1, relayFee: 40_003, feeBps: 100, organizationFeeBps: 200
        });
        handler.payNative(draw);
        handler.approve(draw.payer, draw.token, 0);
        handler.payToken(draw);
        handler.payWithPermit(draw);
        draw.token = 1;
        handler.payWithPermit(draw);
        for (uint8 way = 0; way < 4; way++) {
            handler.payRelayed(draw, way);
        }
        vm.assertEq(handler.payments(), 8, "each way paid");
        handler.attackByReplay(0, 1);
        handler.attackByReplay(0, 2);
        handler.attackByOwnSignature(draw, 0);
        handler.attackByOwnTransaction(draw);
        vm.assertEq(handler.attacks(), 4, "each attack was tried");
        invariant_everybody_has_what_terms_and_fee_rule_say_and_nothing_stays();
    }
}
