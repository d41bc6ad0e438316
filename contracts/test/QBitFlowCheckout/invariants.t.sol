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

    function invariant_nothing_stays_in_the_contract() public view {
        for (uint256 t = 0; t < 4; t++) {
            uint256 left = handler.balanceOf(handler.tokens(t), address(handler.checkout()));
            vm.assertEq(left, 0, "the contract holds a balance");
        }
    }

    function invariant_everybody_has_what_terms_and_fee_rule_say() public view {
        for (uint256 t = 0; t < 4; t++) {
            address token = handler.tokens(t);
            for (uint256 i = 0; i < handler.ACTORS(); i++) {
                address account = handler.actor(i);
                vm.assertEq(handler.balanceOf(token, account), handler.ledger(token, account), "balance and ledger");
            }
        }
    }

    function invariant_nobody_loses_tokens_without_a_fresh_signature_or_own_transaction() public view {
        vm.assertEq(handler.attacksThatMovedMoney(), 0, "an attack moved money");
    }

    function afterInvariant() public view {
        vm.assertTrue(handler.payments() > 0 && handler.attacks() > 0, "the run paid and attacked");
    }
}
